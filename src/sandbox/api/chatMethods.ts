import { mountInputs } from '../blocks/inputs.ts';
import { LIMITS } from '../blocks/limits.ts';
import type { Conversation, Message } from '../store/conversations.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { SlackError } from './errors.ts';
import { findJoinedTarget, findTarget, messageContent, messageObject, metadataOf } from './messages.ts';
import type { Methods } from './method.ts';

/** `chat.*`. */
export const chatMethods: Methods = {
  'chat.postMessage': (args, workspace) => {
    const target = findJoinedTarget(workspace, args.required('channel'));
    const message = post(workspace, target, args, null);
    return { channel: target.id, ts: message.ts, message: messageObject(workspace, target, message) };
  },
  'chat.postEphemeral': (args, workspace) => {
    const target = findJoinedTarget(workspace, args.required('channel'));
    const user = args.required('user');
    if (!target.members.has(user)) throw new SlackError('user_not_in_channel');
    return { message_ts: post(workspace, target, args, user).ts };
  },
  'chat.update': (args, workspace) => {
    const target = findTarget(workspace, args.required('channel'));
    const message = ownMessage(workspace, target, args.required('ts'), 'cant_update_message');
    // Slack keeps what an update leaves out: buttons go away only with new blocks or an empty list of them.
    const keepsBlocks = args.json('blocks') === undefined;
    const raw = { ...args.raw, text: args.raw.text ?? message.text };
    const given = messageContent(raw, keepsBlocks ? message.blocks : args.json('blocks'), LIMITS.updateText);
    const content = keepsBlocks ? { ...given, blocks: message.blocks } : given;
    const metadata = metadataOf(args.json('metadata'));
    Object.assign(message, content, {
      mounts: mountInputs(content.blocks, message.mounts),
      editedTs: workspace.nextTs(),
      metadata: metadata ?? message.metadata,
    });
    workspace.revisions.bump();
    return {
      channel: target.id,
      ts: message.ts,
      text: message.text,
      message: messageObject(workspace, target, message),
    };
  },
  'chat.delete': (args, workspace) => {
    const target = findTarget(workspace, args.required('channel'));
    const message = ownMessage(workspace, target, args.required('ts'), 'cant_delete_message');
    target.messages.splice(target.messages.indexOf(message), 1);
    workspace.revisions.bump();
    return { channel: target.id, ts: message.ts };
  },
  'chat.getPermalink': (args, workspace) => {
    const target = findTarget(workspace, args.required('channel'));
    const message = target.messages.find((candidate) => candidate.ts === args.required('message_ts'));
    if (!message || message.ephemeralTo) throw new SlackError('message_not_found');
    const address = `${workspace.options.publicUrl()}/archives/${target.id}/p${message.ts.replace('.', '')}`;
    return { channel: target.id, permalink: address };
  },
};

function post(workspace: Workspace, target: Conversation, args: Args, ephemeralTo: string | null): Message {
  const content = messageContent(args.raw, args.json('blocks'), LIMITS.messageText);
  return addBotMessage(workspace, target, {
    ...content,
    ephemeralTo,
    threadTs: args.text('thread_ts') ?? null,
    metadata: metadataOf(args.json('metadata')),
  });
}

/** Adds a message of the bot. A reply to a message that is no thread's root joins that message's thread. */
export function addBotMessage(
  workspace: Workspace,
  target: Conversation,
  content: Pick<Message, 'text' | 'blocks'> & Partial<Message>,
): Message {
  const parent = target.messages.find((candidate) => candidate.ts === content.threadTs);
  const message: Message = {
    ts: workspace.nextTs(),
    user: workspace.options.bot.userId,
    isBot: true,
    fileIds: [],
    editedTs: null,
    ephemeralTo: null,
    metadata: null,
    mounts: mountInputs(content.blocks, {}),
    ...content,
    threadTs: parent?.threadTs ?? parent?.ts ?? null,
  };
  target.messages.push(message);
  workspace.revisions.bump();
  return message;
}

function ownMessage(workspace: Workspace, target: Conversation, ts: string, refusal: string): Message {
  const message = target.messages.find((candidate) => candidate.ts === ts && candidate.ephemeralTo === null);
  if (!message) throw new SlackError('message_not_found');
  if (message.user !== workspace.options.bot.userId) throw new SlackError(refusal);
  return message;
}
