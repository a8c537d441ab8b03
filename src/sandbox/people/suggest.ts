import { findElement } from '../blocks/inputs.ts';
import { checkOptions } from '../blocks/suggestions.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { addToast, type Workspace } from '../workspace.ts';
import { deliverPayload, failureText } from './delivery.ts';
import { ClientError } from './errors.ts';
import { actor, commonPayload, locate, sourcePayload } from './payload.ts';
import type { Request } from './schemas.ts';

/**
 * Asks the app for the options of an external select. The payload carries no input values, as in Slack. An answer
 * that breaks a limit shows as no result at all, as in Slack; here a toast tells the reason.
 */
export async function suggestOptions(workspace: Workspace, request: Request<'suggest'>): Promise<JsonObject> {
  const person = actor(workspace, request.as);
  const located = locate(workspace, person.id, request.source);
  const placed = findElement(located.blocks, request.blockId, request.actionId);
  const type = String(placed?.element.type);
  if (type !== 'external_select' && type !== 'multi_external_select') {
    throw new ClientError(404, 'element_not_found', `No external select ${request.actionId} in ${request.blockId}`);
  }
  if (request.value.length < Number(placed?.element.min_query_length ?? 3)) return { ok: true, options: [] };
  const { state: _state, ...source } = sourcePayload(workspace, located, {});
  const delivery = await deliverPayload(workspace, {
    type: 'block_suggestion',
    ...commonPayload(workspace, person),
    ...source,
    action_id: request.actionId,
    block_id: request.blockId,
    value: request.value,
  });
  const noResults = (reason: string): JsonObject => {
    addToast(workspace, person.id, `No results: ${reason}`);
    return { ok: true, options: [], problem: reason };
  };
  if (delivery.outcome !== 'acknowledged') return noResults(failureText(delivery));
  const answer = parseJson(delivery.body);
  if (!isObject(answer)) return noResults('the answer holds no options');
  const problems = checkOptions(answer);
  if (problems.length > 0) return noResults(problems.join('; '));
  return { ok: true, options: answer.options ?? [], optionGroups: answer.option_groups ?? [] };
}
