import { fileObject, messageObject } from '../api/messages.ts';
import { viewObject } from '../api/viewObject.ts';
import type { Mounts } from '../blocks/inputs.ts';
import { type EnteredState, type FileOf, InvalidInput, stateValues } from '../blocks/state.ts';
import { type JsonObject, objectsOf } from '../json.ts';
import type { SandboxPerson } from '../options.ts';
import type { Conversation, Message } from '../store/conversations.ts';
import type { OpenView } from '../store/views.ts';
import type { Workspace } from '../workspace.ts';
import { ClientError } from './errors.ts';
import type { Source } from './schemas.ts';

/** The person a request acts as. */
export function actor(workspace: Workspace, id: string): SandboxPerson {
  const person = workspace.directory.find(id);
  if (!person) throw new ClientError(404, 'unknown_person', `Nobody here has the id ${id}`);
  return person;
}

/** The fields that every interaction carries. A stranger's payload names the stranger's own team, as in Slack. */
export function commonPayload(workspace: Workspace, person: SandboxPerson): JsonObject {
  const { options, directory } = workspace;
  const teamId = directory.teamOf(person);
  const domain = directory.isStranger(person) ? teamId.toLowerCase() : options.workspace.domain;
  return {
    team: { id: teamId, domain },
    user: { id: person.id, username: person.handle, name: person.handle, team_id: teamId },
    api_app_id: options.bot.appId,
    token: workspace.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A view or message on a person's screen, with what a payload says about it. */
export interface Located {
  blocks: JsonObject[];
  mounts: Mounts;
  view: OpenView | null;
  message: Message | null;
  conversation: Conversation | null;
}

/** Finds a view or message that this person really sees. */
export function locate(workspace: Workspace, personId: string, source: Source): Located {
  if ('viewId' in source) {
    const view = workspace.views.find(source.viewId);
    if (view?.userId !== personId) throw new ClientError(404, 'view_not_found', 'This view is not open');
    return { blocks: objectsOf(view.content.blocks), mounts: view.mounts, view, message: null, conversation: null };
  }
  const conversation = visibleConversation(workspace, personId, source.channel);
  const message = conversation.messages.find((candidate) => candidate.ts === source.ts);
  if (!message || (message.ephemeralTo !== null && message.ephemeralTo !== personId)) {
    throw new ClientError(404, 'message_not_found', 'There is no such message');
  }
  return { blocks: message.blocks, mounts: message.mounts, view: null, message, conversation };
}

/** The conversation with this id, if the person is in it. */
export function visibleConversation(workspace: Workspace, personId: string, channelId: string): Conversation {
  const conversation = workspace.conversations.find(channelId);
  if (!conversation?.members.has(personId)) {
    throw new ClientError(404, 'channel_not_found', `${personId} sees no conversation ${channelId}`);
  }
  return conversation;
}

/** `container`, `view` or `channel` and `message`, and the state, as `block_actions` carries them. */
export function sourcePayload(workspace: Workspace, located: Located, values: JsonObject): JsonObject {
  const { view, message, conversation } = located;
  if (view) {
    return { container: { type: 'view', view_id: view.id }, view: viewObject(workspace, view, values) };
  }
  if (!message || !conversation) throw new Error('A source is a view or a message');
  const isEphemeral = message.ephemeralTo !== null;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: conversation.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: conversation.id, name: conversation.name },
    // Slack never sends the content of an ephemeral message back.
    ...(isEphemeral ? {} : { message: messageObject(workspace, conversation, message) }),
    state: { values },
  };
}

/** `state.values`, a wrong input told as the client's error. */
export function valuesOf(located: Located, entered: EnteredState, fileOf: FileOf): JsonObject {
  return asClientError(() => stateValues(located.blocks, located.mounts, entered, fileOf));
}

/** Finds the files that a person attached. */
export function filesOf(workspace: Workspace, personId: string): FileOf {
  return (id) => (workspace.files.find(id)?.attachedBy === personId ? fileObject(workspace, id) : undefined);
}

/** Runs something that may meet a value its element cannot hold. */
export function asClientError<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof InvalidInput) throw new ClientError(400, 'invalid_input', error.message);
    throw error;
  }
}
