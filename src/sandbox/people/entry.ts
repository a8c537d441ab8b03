import { viewObject } from '../api/viewObject.ts';
import { mountInputs } from '../blocks/inputs.ts';
import { newId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { addToast, type Workspace } from '../workspace.ts';
import { escapeMentions } from './command.ts';
import { deliverEvent, deliverPayload, failureText } from './delivery.ts';
import { ClientError } from './errors.ts';
import { actor, commonPayload, visibleConversation } from './payload.ts';
import type { Request } from './schemas.ts';

/** Runs a global shortcut as a person. */
export async function runShortcut(workspace: Workspace, request: Request<'shortcut'>): Promise<JsonObject> {
  const person = actor(workspace, request.as);
  if (!workspace.options.shortcuts.some((shortcut) => shortcut.callbackId === request.callbackId)) {
    throw new ClientError(404, 'unknown_shortcut', `The app has no shortcut ${request.callbackId}`);
  }
  const delivery = await deliverPayload(workspace, {
    type: 'shortcut',
    ...commonPayload(workspace, person),
    action_ts: workspace.nextTs(),
    callback_id: request.callbackId,
    trigger_id: workspace.triggers.issue(person.id),
  });
  if (delivery.outcome === 'acknowledged') return { ok: true };
  addToast(workspace, person.id, failureText(delivery));
  return { ok: false, error: failureText(delivery) };
}

/** Opens the app's Home or Messages tab as a person: sends `app_home_opened`. */
export async function openHome(workspace: Workspace, request: Request<'home'>): Promise<JsonObject> {
  const person = actor(workspace, request.as);
  const { options, directory, views, conversations } = workspace;
  const home = views.homeOf(person.id);
  const delivery = await deliverEvent(workspace, {
    token: workspace.verificationToken,
    team_id: directory.teamOf(person),
    api_app_id: options.bot.appId,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(workspace.now() / 1000),
    event: {
      type: 'app_home_opened',
      user: person.id,
      channel: conversations.ensureIm(person.id).id,
      tab: request.tab,
      event_ts: workspace.nextTs(),
      ...(home && request.tab === 'home' ? { view: viewObject(workspace, home) } : {}),
    },
    authorizations: [
      {
        enterprise_id: null,
        team_id: options.workspace.teamId,
        user_id: options.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  });
  if (delivery.outcome === 'acknowledged') return { ok: true };
  addToast(workspace, person.id, failureText(delivery));
  return { ok: false, error: failureText(delivery) };
}

/** Writes a plain message as a person. The app hears nothing of it. */
export function writeMessage(workspace: Workspace, request: Request<'message'>): JsonObject {
  const person = actor(workspace, request.as);
  const conversation = visibleConversation(workspace, person.id, request.channel);
  const ts = workspace.nextTs();
  conversation.messages.push({
    ts,
    user: person.id,
    isBot: false,
    text: escapeMentions(workspace, request.text),
    blocks: [],
    mounts: mountInputs([], {}),
    fileIds: [],
    threadTs: request.threadTs ?? null,
    editedTs: null,
    ephemeralTo: null,
    metadata: null,
  });
  workspace.revisions.bump();
  return { ok: true, ts };
}
