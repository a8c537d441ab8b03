import type { JsonObject } from '../json.ts';
import type { Conversation, Message } from '../store/conversations.ts';
import type { Workspace } from '../workspace.ts';
import { type Args, page } from './args.ts';
import { SlackError } from './errors.ts';
import { findJoinedTarget, messageObject, repliesTo } from './messages.ts';
import type { Methods } from './method.ts';

/** `conversations.*`; unlike `chat.*` they take ids only. */
export const conversationMethods: Methods = {
  'conversations.open': (args, workspace) => {
    const channel = args.text('channel');
    const im = channel ? byId(workspace, channel) : openIm(workspace, args.required('users').split(','));
    const full = { is_im: true, user: [...im.members][0] };
    return { channel: args.flag('return_im') ? { id: im.id, ...full } : { id: im.id } };
  },
  'conversations.list': (args, workspace) => {
    const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
    const { items, next } = page(types.includes('public_channel') ? workspace.conversations.channels : [], args, 100);
    return {
      channels: items.map((item) => channelObject(workspace, item)),
      response_metadata: { next_cursor: next },
    };
  },
  'conversations.info': (args, workspace) => ({
    channel: channelObject(workspace, byId(workspace, args.required('channel'))),
  }),
  'conversations.members': (args, workspace) => {
    const conversation = byId(workspace, args.required('channel'));
    const bot = conversation.botIsMember ? [workspace.options.bot.userId] : [];
    const { items, next } = page([...conversation.members, ...bot], args, 100);
    return { members: items, response_metadata: { next_cursor: next } };
  },
  'conversations.join': (args, workspace) => {
    const conversation = byId(workspace, args.required('channel'));
    if (conversation.kind === 'im') throw new SlackError('method_not_supported_for_channel_type');
    conversation.botIsMember = true;
    workspace.revisions.bump();
    return { channel: channelObject(workspace, conversation) };
  },
  'conversations.history': (args, workspace) => {
    const conversation = joined(workspace, args);
    const roots = conversation.messages.filter((message) => message.threadTs === null && !message.ephemeralTo);
    return messagePage(workspace, conversation, [...roots].reverse(), args);
  },
  'conversations.replies': (args, workspace) => {
    const conversation = joined(workspace, args);
    const root = conversation.messages.find((message) => message.ts === args.required('ts'));
    if (!root) throw new SlackError('thread_not_found');
    return messagePage(workspace, conversation, [root, ...repliesTo(conversation, root.ts)], args);
  },
};

function byId(workspace: Workspace, id: string): Conversation {
  const conversation = workspace.conversations.find(id);
  if (!conversation) throw new SlackError('channel_not_found');
  return conversation;
}

function joined(workspace: Workspace, args: Args): Conversation {
  return findJoinedTarget(workspace, byId(workspace, args.required('channel')).id);
}

function openIm(workspace: Workspace, userIds: string[]): Conversation {
  const [userId, ...others] = userIds;
  if (others.length > 0) throw new SlackError('not_enough_users', ['[ERROR] group messages are not supported here']);
  if (userId === workspace.options.bot.userId) throw new SlackError('cannot_dm_bot');
  if (!userId || !workspace.directory.find(userId)) throw new SlackError('user_not_found');
  return workspace.conversations.ensureIm(userId);
}

function channelObject(workspace: Workspace, conversation: Conversation): JsonObject {
  const common = { id: conversation.id, created: 0, is_archived: false, is_mpim: false };
  if (conversation.kind === 'im')
    return { ...common, is_im: true, is_channel: false, user: [...conversation.members][0] };
  return {
    ...common,
    name: conversation.name,
    name_normalized: conversation.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_private: false,
    is_general: conversation.name === 'general',
    is_member: conversation.botIsMember,
    is_ext_shared: [...conversation.members].some((id) => {
      const person = workspace.directory.find(id);
      return person !== undefined && workspace.directory.isStranger(person);
    }),
    num_members: conversation.members.size + (conversation.botIsMember ? 1 : 0),
  };
}

function messagePage(workspace: Workspace, conversation: Conversation, messages: Message[], args: Args): JsonObject {
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Number.POSITIVE_INFINITY);
  const isInside = (ts: number) => (args.flag('inclusive') ? ts >= oldest && ts <= latest : ts > oldest && ts < latest);
  const inside = messages.filter((message) => isInside(Number(message.ts)));
  const { items, next } = page(inside, args, 100);
  return {
    messages: items.map((message) => messageObject(workspace, conversation, message)),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}
