import { fileObject, repliesTo } from '../api/messages.ts';
import { viewObject } from '../api/viewObject.ts';
import type { Mounts } from '../blocks/inputs.ts';
import type { JsonObject } from '../json.ts';
import type { SandboxOptions } from '../options.ts';
import type { Conversation, Message } from '../store/conversations.ts';
import type { OpenView } from '../store/views.ts';
import type { Toast, Workspace } from '../workspace.ts';
import { actor } from './payload.ts';

/** A message on a person's screen. */
export interface ShownMessage {
  channel: string;
  ts: string;
  user: string;
  isBot: boolean;
  text: string;
  blocks: JsonObject[];
  mounts: Mounts;
  files: JsonObject[];
  threadTs: string | null;
  replyCount: number;
  isEdited: boolean;
  isEphemeral: boolean;
}

/** A conversation in a person's sidebar. */
export interface ShownConversation {
  id: string;
  kind: 'channel' | 'im';
  name: string;
  botIsMember: boolean;
  messages: ShownMessage[];
}

/** A modal or Home tab on a person's screen; `view` is Slack's view object. */
export interface ShownView {
  id: string;
  hash: string;
  rootViewId: string;
  view: JsonObject;
  mounts: Mounts;
  errors: Record<string, string>;
  notice: string | null;
  isBusy: boolean;
}

/** All that one person sees at one revision. */
export interface PersonState {
  revision: number;
  as: string;
  conversations: ShownConversation[];
  /** From the bottom of the stack to its top. */
  modals: ShownView[];
  home: ShownView | null;
  files: JsonObject[];
  toasts: Toast[];
}

/** What never changes while the sandbox runs. */
export type WorkspaceInfo = Pick<
  SandboxOptions,
  'workspace' | 'people' | 'roles' | 'channels' | 'commands' | 'shortcuts' | 'userGroups'
> & { bot: { userId: string; name: string; appId: string } };

/** What the client needs to know before it shows anybody's state. */
export function workspaceInfo({ options }: Workspace): WorkspaceInfo {
  const { workspace, people, roles, channels, commands, shortcuts, userGroups = [] } = options;
  const { userId, name, appId } = options.bot;
  return { workspace, people, roles, channels, commands, shortcuts, userGroups, bot: { userId, name, appId } };
}

/** Everything this person sees now. */
export function personState(workspace: Workspace, personId: string): PersonState {
  actor(workspace, personId);
  const visible = workspace.conversations.visibleTo(personId);
  const conversations = visible.map((conversation) => shownConversation(workspace, conversation, personId));
  const home = workspace.views.homeOf(personId);
  const messages = conversations.flatMap((conversation) => conversation.messages);
  return {
    revision: workspace.revisions.current,
    as: personId,
    conversations,
    modals: workspace.views.stackOf(personId).map((view) => shownView(workspace, view)),
    home: home ? shownView(workspace, home) : null,
    files: messages.flatMap((message) => message.files),
    toasts: workspace.toasts.filter((toast) => toast.userId === personId),
  };
}

function shownConversation(workspace: Workspace, conversation: Conversation, personId: string): ShownConversation {
  const { id, kind, name, botIsMember, messages } = conversation;
  const seen = messages.filter((message) => message.ephemeralTo === null || message.ephemeralTo === personId);
  return { id, kind, name, botIsMember, messages: seen.map((one) => shownMessage(workspace, conversation, one)) };
}

function shownMessage(workspace: Workspace, conversation: Conversation, message: Message): ShownMessage {
  const { ts, user, isBot, text, blocks, mounts, threadTs } = message;
  return {
    channel: conversation.id,
    ts,
    user,
    isBot,
    text,
    blocks,
    mounts,
    files: message.fileIds.map((id) => fileObject(workspace, id)),
    threadTs,
    replyCount: repliesTo(conversation, ts).length,
    isEdited: message.editedTs !== null,
    isEphemeral: message.ephemeralTo !== null,
  };
}

function shownView(workspace: Workspace, view: OpenView): ShownView {
  const { id, hash, rootViewId, mounts, errors, notice, isBusy } = view;
  return { id, hash, rootViewId, view: viewObject(workspace, view), mounts, errors, notice, isBusy };
}
