import type { IncomingMessage, ServerResponse } from 'node:http';
import { addBotMessage } from '../api/chatMethods.ts';
import { SlackError } from '../api/errors.ts';
import { messageContent } from '../api/messages.ts';
import { mountInputs } from '../blocks/inputs.ts';
import { LIMITS } from '../blocks/limits.ts';
import { readBody, sendJson, sendText } from '../http.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { ReplyTarget } from '../store/replies.ts';
import type { Workspace } from '../workspace.ts';

const BODY_LIMIT = 1024 * 1024;

/** Answers a POST to a response_url: posts, replaces or deletes a message where the interaction happened. */
export async function answerReply(
  req: IncomingMessage,
  res: ServerResponse,
  id: string,
  workspace: Workspace,
): Promise<void> {
  const body = (await readBody(req, BODY_LIMIT)).toString('utf8');
  const target = workspace.replies.use(id);
  if (typeof target === 'string') return sendJson(res, 404, { ok: false, error: target });
  const raw = parseJson(body);
  if (!isObject(raw)) return sendJson(res, 400, { ok: false, error: 'invalid_payload' });
  try {
    reply(workspace, target, raw);
    workspace.revisions.bump();
    sendText(res, 200, 'ok');
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    sendJson(res, 400, { ok: false, error: error.code, response_metadata: { messages: error.messages } });
  }
}

function reply(workspace: Workspace, target: ReplyTarget, raw: JsonObject): void {
  const conversation = workspace.conversations.find(target.channelId);
  if (!conversation) throw new SlackError('channel_not_found');
  const source = conversation.messages.find((message) => message.ts === target.messageTs);
  if (raw.delete_original === true) {
    if (!source) throw new SlackError('message_not_found');
    conversation.messages.splice(conversation.messages.indexOf(source), 1);
    return;
  }
  const content = messageContent(raw, raw.blocks, LIMITS.messageText);
  if (raw.replace_original === true) {
    if (!source) throw new SlackError('message_not_found');
    Object.assign(source, content, { mounts: mountInputs(content.blocks, source.mounts) });
    if (source.ephemeralTo === null) source.editedTs = workspace.nextTs();
    return;
  }
  const ephemeralTo = raw.response_type === 'in_channel' ? null : target.userId;
  const threadTs = typeof raw.thread_ts === 'string' ? raw.thread_ts : target.threadTs;
  addBotMessage(workspace, conversation, { ...content, ephemeralTo, threadTs });
}
