import { type WebAPICallResult, WebAPIRateLimitedError, WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { noteChannelWorks } from '../../engine/operations/channelTroubles.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { askTurn, type PacedAs, rememberDirect, rememberLimit } from '../../engine/operations/slackPace.ts';
import { channelTroubleOf, isChannel } from './channelTrouble.ts';
import { PutOff } from './putOff.ts';

/** How fast the bot may speak. */
export interface Pace {
  engine: EngineContext;
  teamId: string;
  /** Between two messages in one channel, in milliseconds, over all processes. */
  messageEvery: number;
}

/** Calls that are about one channel: Slack limits them channel by channel, and every other call by its method. */
const IN_CHANNEL: { [method: string]: PacedAs } = {
  'chat.postMessage': 'message',
  'chat.update': 'message',
  'chat.delete': 'other',
  // Its bytes are there already: it takes the turn of the next message, and does not wait for one
  'files.completeUploadExternal': 'file',
};

const Opened = z.object({ channel: z.object({ id: z.string() }) });
const Posted = z.object({ channel: z.string() });

/**
 * The client that notices go out by. It keeps to Slack's pace: a message that is too early throws {@link PutOff}, as
 * does every call of a kind for which Slack asked to wait; nothing waits inside, so that other channels go on. A
 * channel in which the bot cannot write throws ChannelTrouble.
 */
export class PacedClient extends WebClient {
  readonly #pace: Pace;

  constructor(token: string, options: WebClientOptions, pace: Pace) {
    super(token, { ...options, rejectRateLimitedCalls: true, retryConfig: { retries: 0 } });
    this.#pace = pace;
  }

  override async apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    const { engine, teamId, messageEvery } = this.#pace;
    const as = IN_CHANNEL[method];
    const channel = as === undefined ? null : String(options.channel ?? options.channel_id);
    const key = { teamId, key: channel ?? method };
    const wait = await askTurn(engine, key, as ?? 'other', messageEvery);
    if (wait) throw new PutOff(wait.afterMs, `${wait.line} takes no more yet`, channel === null ? null : wait.line);
    try {
      const answer = await super.apiCall(method, options);
      await this.#learn(method, options, answer);
      return answer;
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) await rememberLimit(engine, key, error.retryAfter * 1000);
      throw channelTroubleOf(channel, error) ?? error;
    }
  }

  /** What an answer says for later: that a channel works, or whose direct messages it is. */
  async #learn(method: string, options: Record<string, unknown>, answer: WebAPICallResult): Promise<void> {
    const { engine, teamId } = this.#pace;
    const person = method === 'conversations.open' ? options.users : options.channel;
    const opened = method === 'conversations.open' ? Opened.safeParse(answer).data?.channel.id : undefined;
    const posted = method === 'chat.postMessage' ? Posted.safeParse(answer).data?.channel : undefined;
    const channel = opened ?? posted;
    if (channel === undefined) return;
    if (isChannel(channel)) await noteChannelWorks(engine, teamId, channel);
    else if (typeof person === 'string' && /^[UW]\w+$/.test(person))
      await rememberDirect(engine, { teamId, key: channel }, person);
  }
}
