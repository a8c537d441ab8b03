import { addBotMessage } from '../api/chatMethods.ts';
import { SlackError } from '../api/errors.ts';
import { messageContent } from '../api/messages.ts';
import { LIMITS } from '../blocks/limits.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Conversation } from '../store/conversations.ts';
import type { Workspace } from '../workspace.ts';
import { deliverForm } from './delivery.ts';
import { actor, visibleConversation } from './payload.ts';
import type { Request } from './schemas.ts';

/** Runs a slash command as a person and shows whatever the app acknowledges with. */
export async function runCommand(workspace: Workspace, request: Request<'command'>): Promise<JsonObject> {
  const person = actor(workspace, request.as);
  const channel = visibleConversation(
    workspace,
    person.id,
    request.channel ?? workspace.conversations.ensureIm(person.id).id,
  );
  const [, command = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(request.text.trim()) ?? [];
  const tell = (sentence: string): JsonObject => {
    addBotMessage(workspace, channel, { text: sentence, blocks: [], ephemeralTo: person.id, user: 'USLACKBOT' });
    return { ok: false, error: sentence };
  };
  if (!workspace.options.commands.some((known) => known.command === command)) {
    return tell(`\`${escaped(command)}\` is not a valid command. Messages that start with “/” are commands.`);
  }
  const reply = { userId: person.id, channelId: channel.id, messageTs: null, threadTs: null };
  const stranger = workspace.directory.isStranger(person);
  const delivery = await deliverForm(workspace, {
    token: workspace.verificationToken,
    team_id: workspace.directory.teamOf(person),
    team_domain: stranger ? workspace.directory.teamOf(person).toLowerCase() : workspace.options.workspace.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: person.id,
    user_name: person.handle,
    command,
    text: escapeMentions(workspace, text.trim()),
    api_app_id: workspace.options.bot.appId,
    is_enterprise_install: 'false',
    response_url: `${workspace.options.publicUrl()}/respond/${workspace.replies.issue(reply)}`,
    trigger_id: workspace.triggers.issue(person.id),
  });
  if (delivery.outcome !== 'acknowledged') {
    const code = delivery.outcome === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    return tell(`\`${command}\` failed with the error "${code}"`);
  }
  try {
    showAnswer(workspace, channel, person.id, delivery.body);
    return { ok: true };
  } catch (error) {
    if (error instanceof SlackError) return tell(`\`${command}\` failed with the error "${error.message}"`);
    throw error;
  }
}

function showAnswer(workspace: Workspace, channel: Conversation, personId: string, body: string): void {
  if (body.trim() === '') return;
  const json = parseJson(body);
  const raw = isObject(json) ? json : { text: body };
  const content = messageContent(raw, raw.blocks, LIMITS.messageText);
  const ephemeralTo = raw.response_type === 'in_channel' ? null : personId;
  addBotMessage(workspace, channel, { ...content, ephemeralTo });
}

/** What a person typed, as Slack stores it: `& < >` escaped, mentions of people and channels turned into ids. */
export function escapeMentions(workspace: Workspace, text: string): string {
  const people = new Map(workspace.directory.people.map((person) => [person.handle.toLowerCase(), person]));
  return escaped(text)
    .replace(/(^|[\s(,])@([\w][\w.-]*)/g, (whole, before: string, handle: string) => {
      // A full stop that ends the sentence does not belong to the handle.
      const trimmed = handle.replace(/[.-]+$/, '');
      const person = people.get(handle.toLowerCase()) ?? people.get(trimmed.toLowerCase());
      if (!person) return whole;
      const rest = handle.slice(person.handle.length);
      return `${before}<@${person.id}|${person.handle}>${rest}`;
    })
    .replace(/(^|[\s(,])#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = workspace.conversations.findByName(name);
      return channel ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
