import { viewObject } from '../api/viewObject.ts';
import type { JsonObject } from '../json.ts';
import type { OpenView } from '../store/views.ts';
import { addToast, type Workspace } from '../workspace.ts';
import { deliverPayload, failureText } from './delivery.ts';
import { ClientError } from './errors.ts';
import { actor, commonPayload, locate } from './payload.ts';
import type { Request } from './schemas.ts';

/** Closes a modal, or the whole stack; sends `view_closed` for each view that asked for it. */
export async function closeView(workspace: Workspace, request: Request<'close'>): Promise<JsonObject> {
  const person = actor(workspace, request.as);
  const view = locate(workspace, person.id, { viewId: request.viewId }).view as OpenView;
  const stack = workspace.views.stackOf(person.id);
  const index = stack.indexOf(view);
  if (index < 0) throw new ClientError(400, 'not_a_modal', 'Only a modal can be closed');
  const clears = request.all || view.content.clear_on_close === true;
  const gone = (clears ? [...stack] : stack.slice(index)).reverse();
  if (clears) workspace.views.clear(person.id);
  else workspace.views.remove(view);
  workspace.revisions.bump();

  for (const closed of gone.filter((candidate) => candidate.content.notify_on_close === true)) {
    const delivery = await deliverPayload(workspace, {
      type: 'view_closed',
      ...commonPayload(workspace, person),
      view: viewObject(workspace, closed),
      is_cleared: clears,
    });
    if (delivery.outcome !== 'acknowledged') addToast(workspace, person.id, failureText(delivery));
  }
  return { ok: true };
}
