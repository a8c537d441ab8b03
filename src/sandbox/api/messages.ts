import { validMessageBlocks } from '../blocks/validate.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Conversation, Message } from '../store/conversations.ts';
import { typeOfFile } from '../store/files.ts';
import type { Workspace } from '../workspace.ts';
import { SlackError } from './errors.ts';

/** The conversation a call means: a channel id, a channel name, a DM id, or a person's id (which opens the DM). */
export function findTarget(workspace: Workspace, channel: string): Conversation {
  const { conversations, directory } = workspace;
  const found =
    conversations.find(channel) ??
    conversations.findByName(channel.replace(/^#/, '')) ??
    (directory.find(channel) ? conversations.ensureIm(channel) : undefined);
  if (!found) throw new SlackError('channel_not_found');
  return found;
}

/** As `findTarget`, and the bot must be in it. */
export function findJoinedTarget(workspace: Workspace, channel: string): Conversation {
  const target = findTarget(workspace, channel);
  if (!target.botIsMember) throw new SlackError('not_in_channel');
  return target;
}

/** Text and blocks of a message, checked. Throws `no_text`, `msg_too_long`, `invalid_blocks` … */
export function messageContent(raw: JsonObject, blocks: unknown, maxText: number): Pick<Message, 'text' | 'blocks'> {
  if (raw.attachments !== undefined && raw.attachments !== '[]') throw new SlackError('invalid_attachments');
  const text = raw.text === undefined || raw.text === null ? '' : String(raw.text);
  const hasBlocks = blocks !== undefined && blocks !== null && !(Array.isArray(blocks) && blocks.length === 0);
  if (text === '' && !hasBlocks) throw new SlackError('no_text');
  if (text.length > maxText) throw new SlackError('msg_too_long');
  return { text, blocks: hasBlocks ? validMessageBlocks(blocks) : [] };
}

/** A message as the Web API and the payloads show it. */
export function messageObject(workspace: Workspace, conversation: Conversation, message: Message): JsonObject {
  const { options, botId } = workspace;
  const root = conversation.messages.find((candidate) => candidate.ts === message.threadTs);
  const replies = message.threadTs === null ? repliesTo(conversation, message.ts) : [];
  const fromBot = { bot_id: botId, app_id: options.bot.appId, team: options.workspace.teamId };
  return {
    type: 'message',
    ...(message.isBot ? fromBot : {}),
    user: message.user,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.fileIds.length > 0 ? { files: message.fileIds.map((id) => fileObject(workspace, id)) } : {}),
    ...(root ? { thread_ts: root.ts, parent_user_id: root.user } : {}),
    ...(replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** The replies in a thread, without its root. */
export function repliesTo(conversation: Conversation, ts: string): Message[] {
  return conversation.messages.filter((message) => message.threadTs === ts && message.ephemeralTo === null);
}

/** A file as the Web API shows it. */
export function fileObject(workspace: Workspace, id: string): JsonObject {
  const file = workspace.files.find(id);
  if (!file) return { id };
  const address = `${workspace.options.publicUrl()}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id,
    created: file.completedAt ?? 0,
    timestamp: file.completedAt ?? 0,
    name: file.name,
    title: file.title,
    ...typeOfFile(file.name),
    size: file.bytes?.length ?? 0,
    user: file.attachedBy ?? workspace.options.bot.userId,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: address,
    url_private_download: address,
    permalink: address,
    channels: file.channels,
  };
}

/** The metadata argument of a message: `{ event_type, event_payload }`. */
export function metadataOf(value: unknown): JsonObject | null {
  if (value === undefined || value === null) return null;
  const isValid = isObject(value) && typeof value.event_type === 'string' && isObject(value.event_payload);
  if (!isValid) throw new SlackError('invalid_metadata_format');
  return value;
}
