import { SlackError } from '../api/errors.ts';
import { viewObject } from '../api/viewObject.ts';
import { validView } from '../blocks/validate.ts';
import { isObject, type JsonObject, objectsOf, parseJson, stringOf } from '../json.ts';
import type { OpenView } from '../store/views.ts';
import { addToast, type Workspace } from '../workspace.ts';
import { type Delivery, deliverPayload, failureText } from './delivery.ts';
import { ClientError } from './errors.ts';
import { inputErrors } from './inputErrors.ts';
import { actor, commonPayload, filesOf, locate, valuesOf } from './payload.ts';
import type { Request } from './schemas.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

/** What became of a submission. `invalid` never left the client; `failed` got no usable answer. */
type Outcome = 'invalid' | 'errors' | 'closed' | 'updated' | 'pushed' | 'cleared' | 'failed';

/** Submits the modal on top: required inputs first, then `view_submission`, then what the app answers. */
export async function submitView(workspace: Workspace, request: Request<'submit'>): Promise<JsonObject> {
  const person = actor(workspace, request.as);
  const located = locate(workspace, person.id, { viewId: request.viewId });
  const view = located.view as OpenView;
  if (workspace.views.stackOf(person.id).at(-1) !== view) {
    throw new ClientError(409, 'not_on_top', 'Only the modal on top can be submitted');
  }
  if (!view.content.submit) throw new ClientError(400, 'no_submit', 'This modal has no submit button');
  if (view.isBusy) throw new ClientError(409, 'busy', 'A submission is already on its way');

  const values = valuesOf(located, request.state, filesOf(workspace, person.id));
  const errors = inputErrors(located.blocks, values);
  setProblems(workspace, view, errors, null);
  if (Object.keys(errors).length > 0) return { ok: true, outcome: 'invalid' satisfies Outcome, errors };

  view.isBusy = true;
  workspace.revisions.bump();
  const delivery = await deliverPayload(workspace, {
    type: 'view_submission',
    ...commonPayload(workspace, person),
    trigger_id: workspace.triggers.issue(person.id, view.id),
    view: viewObject(workspace, view, values),
    response_urls: [],
  }).finally(() => {
    view.isBusy = false;
  });
  try {
    return { ok: true, ...applyAnswer(workspace, view, delivery) };
  } finally {
    workspace.revisions.bump();
  }
}

function applyAnswer(workspace: Workspace, view: OpenView, delivery: Delivery): { outcome: Outcome } & JsonObject {
  if (delivery.outcome !== 'acknowledged') return failed(workspace, view, failureText(delivery));
  if (delivery.body.trim() === '') return closed(workspace, view);
  const answer = parseJson(delivery.body);
  if (!isObject(answer)) return failed(workspace, view, 'The answer to the submission is no JSON object.');
  if (answer.response_action === undefined && Object.keys(answer).length === 0) return closed(workspace, view);
  try {
    return act(workspace, view, answer);
  } catch (error) {
    if (error instanceof SlackError) return failed(workspace, view, `The app's answer is invalid: ${error.message}`);
    throw error;
  }
}

function act(workspace: Workspace, view: OpenView, answer: JsonObject): { outcome: Outcome } & JsonObject {
  const { views } = workspace;
  switch (answer.response_action) {
    case 'clear':
      views.clear(view.userId);
      return { outcome: 'cleared' };
    case 'update':
      views.replace(view, validView(answer.view, 'modal'));
      return { outcome: 'updated' };
    case 'push':
      views.push(view.userId, validView(answer.view, 'modal'));
      return { outcome: 'pushed' };
    case 'errors': {
      const errors = answerErrors(view, answer.errors);
      setProblems(workspace, view, errors, null);
      return { outcome: 'errors', errors };
    }
    default:
      throw new SlackError('invalid_response_action');
  }
}

function answerErrors(view: OpenView, value: unknown): Record<string, string> {
  const errors = isObject(value) ? Object.entries(value) : [];
  if (errors.length === 0) throw new SlackError('errors must name at least one block_id');
  const blocks = objectsOf(view.content.blocks);
  const inputs = blocks.filter((block) => block.type === 'input').map((block) => stringOf(block.block_id));
  for (const [blockId, sentence] of errors) {
    if (!inputs.includes(blockId)) throw new SlackError(`errors.${blockId} is not an input block of this view`);
    if (typeof sentence !== 'string' || sentence === '') throw new SlackError(`errors.${blockId} is not a text`);
  }
  return Object.fromEntries(errors) as Record<string, string>;
}

function closed(workspace: Workspace, view: OpenView): { outcome: Outcome } {
  workspace.views.remove(view);
  return { outcome: 'closed' };
}

/** People see Slack's one sentence; the reason goes into a toast, which Slack would keep to itself. */
function failed(workspace: Workspace, view: OpenView, reason: string): { outcome: Outcome } & JsonObject {
  setProblems(workspace, view, {}, TROUBLE);
  addToast(workspace, view.userId, reason);
  return { outcome: 'failed', reason };
}

function setProblems(
  workspace: Workspace,
  view: OpenView,
  errors: Record<string, string>,
  notice: string | null,
): void {
  view.errors = errors;
  view.notice = notice;
  workspace.revisions.bump();
}
