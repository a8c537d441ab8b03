import { WebAPIPlatformError } from '@slack/web-api';

/** Answers that mean that the bot cannot write in a channel until somebody does something about it. */
export const CHANNEL_PROBLEMS = [
  'is_archived',
  'channel_is_archived',
  'not_in_channel',
  'channel_not_found',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'ekm_access_denied',
] as const;

/** The bot cannot write in a channel, whatever it says there: Slack's answer, and the channel that it is about. */
export class ChannelTrouble extends WebAPIPlatformError {
  override name = 'ChannelTrouble';
  readonly channel: string;

  constructor(channel: string, { data }: WebAPIPlatformError) {
    super(data);
    this.channel = channel;
    this.message = `${data.error} in ${channel}`;
  }
}

/** A channel, public or private; not somebody's direct messages. */
export function isChannel(id: string): boolean {
  return /^[CG]/.test(id);
}

/** The trouble that an answer about a channel means; null for any other failure. */
export function channelTroubleOf(channel: string | null, error: unknown): ChannelTrouble | null {
  if (channel === null || !isChannel(channel) || !(error instanceof WebAPIPlatformError)) return null;
  return (CHANNEL_PROBLEMS as readonly string[]).includes(error.data.error) ? new ChannelTrouble(channel, error) : null;
}
