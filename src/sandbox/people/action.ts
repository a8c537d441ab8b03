import { findElement, INPUT_KINDS, type InputValue, optionsOf } from '../blocks/inputs.ts';
import { type FileOf, valueFields } from '../blocks/state.ts';
import type { JsonObject } from '../json.ts';
import { addToast, type Workspace } from '../workspace.ts';
import { deliverPayload, failureText } from './delivery.ts';
import { ClientError } from './errors.ts';
import { actor, asClientError, commonPayload, filesOf, locate, sourcePayload, valuesOf } from './payload.ts';
import type { Request } from './schemas.ts';

/** Properties of an element that Slack repeats in its action. */
const REPEATED = ['text', 'value', 'url', 'style', 'confirm', 'placeholder', 'min_query_length'];

/** Uses an interactive element: sends `block_actions` and waits for the acknowledgement. */
export async function useElement(workspace: Workspace, request: Request<'action'>): Promise<JsonObject> {
  const person = actor(workspace, request.as);
  const located = locate(workspace, person.id, request.source);
  const placed = findElement(located.blocks, request.blockId, request.actionId);
  if (!placed) {
    throw new ClientError(404, 'element_not_found', `No element ${request.actionId} in block ${request.blockId}`);
  }
  const { block, element } = placed;
  if (block.type === 'input' && block.dispatch_action !== true) {
    throw new ClientError(400, 'not_dispatched', 'An input without dispatch_action sends no action');
  }
  const isInput = INPUT_KINDS[String(element.type)] !== undefined;
  const value = request.value ?? null;
  const entered = structuredClone(request.state);
  if (isInput) entered[request.blockId] = { ...entered[request.blockId], [request.actionId]: value };

  const fileOf = filesOf(workspace, person.id);
  const action = {
    ...repeated(element),
    type: element.type,
    action_id: request.actionId,
    block_id: request.blockId,
    ...asClientError(() => chosen(element, value, fileOf)),
    action_ts: workspace.nextTs(),
  };
  const delivery = await deliverPayload(workspace, {
    type: 'block_actions',
    ...commonPayload(workspace, person),
    ...sourcePayload(workspace, located, valuesOf(located, entered, fileOf)),
    trigger_id: workspace.triggers.issue(person.id, located.view?.id ?? null),
    ...(located.message && located.conversation
      ? { response_url: responseUrl(workspace, person.id, located.conversation.id, located.message) }
      : {}),
    actions: [action],
  });
  if (delivery.outcome === 'acknowledged') return { ok: true };
  const sentence = failureText(delivery);
  addToast(workspace, person.id, sentence);
  return { ok: false, error: sentence };
}

function repeated(element: JsonObject): JsonObject {
  const isInput = INPUT_KINDS[String(element.type)] !== undefined;
  const initials = Object.keys(element).filter((name) => name.startsWith('initial_') && name !== 'initial_value');
  const names = [...REPEATED.filter((name) => !(isInput && name === 'value')), ...initials];
  return Object.fromEntries(names.filter((name) => element[name] !== undefined).map((name) => [name, element[name]]));
}

function chosen(element: JsonObject, value: InputValue, fileOf: FileOf): JsonObject {
  if (element.type === 'overflow') {
    const option = optionsOf(element).find((candidate) => candidate.value === value);
    if (!option) throw new ClientError(400, 'invalid_input', `The menu offers no "${String(value)}"`);
    return { selected_option: option };
  }
  return INPUT_KINDS[String(element.type)] ? valueFields(element, value, fileOf) : {};
}

function responseUrl(
  workspace: Workspace,
  userId: string,
  channelId: string,
  message: { ts: string; threadTs: string | null },
): string {
  const id = workspace.replies.issue({ userId, channelId, messageTs: message.ts, threadTs: message.threadTs });
  return `${workspace.options.publicUrl()}/respond/${id}`;
}
