import type { JsonObject } from '../json.ts';
import { callbackIdOf, type OpenView } from '../store/views.ts';
import type { Workspace } from '../workspace.ts';

/** A view as the Web API and the payloads show it; `values` is what `state.values` shall hold. */
export function viewObject(workspace: Workspace, view: OpenView, values: JsonObject = {}): JsonObject {
  const { content } = view;
  const { options, botId } = workspace;
  return {
    id: view.id,
    team_id: options.workspace.teamId,
    type: content.type,
    blocks: content.blocks,
    private_metadata: content.private_metadata ?? '',
    callback_id: callbackIdOf(view),
    state: { values },
    hash: view.hash,
    title: content.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    close: content.close ?? null,
    submit: content.submit ?? null,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: options.bot.appId,
    external_id: content.external_id ?? '',
    app_installed_team_id: options.workspace.teamId,
    bot_id: botId,
  };
}
