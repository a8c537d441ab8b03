import type { ApprovalContext } from './engine/operations/approvers.ts';
import type { EngineContext } from './engine/operations/runOperation.ts';
import type { Log } from './log.ts';
import type { Background } from './slack/kit/background.ts';
import type { SlackProfiles } from './slack/kit/slackProfiles.ts';
import { accessBlockedDelivery } from './slack/notify/deliverAccessBlocked.ts';
import { accessChangeDelivery } from './slack/notify/deliverAccessChange.ts';
import { backgroundDelivery, type OperationDetails } from './slack/notify/deliverBackground.ts';
import { breakGlassDelivery } from './slack/notify/deliverBreakGlass.ts';
import { channelTroubleDelivery } from './slack/notify/deliverChannelTrouble.ts';
import { delegationDelivery } from './slack/notify/deliverDelegation.ts';
import { driftDelivery } from './slack/notify/deliverDrift.ts';
import { endingDelivery } from './slack/notify/deliverEnding.ts';
import { reportDelivery } from './slack/notify/deliverReport.ts';
import { reminderDelivery, requestDelivery } from './slack/notify/deliverRequest.ts';
import type { NoticeTimes } from './slack/notify/noticeTimes.ts';
import {
  type Claimant,
  type Deliveries,
  joinOutboxWorkers,
  type OutboxWorker,
  startOutboxWorker,
} from './slack/notify/outboxWorker.ts';
import type { SlackClients } from './slackClients.ts';

export interface OutboxOptions {
  engine: EngineContext;
  clients: Pick<SlackClients, 'notices' | 'outcomes'>;
  claimant: Claimant;
  profiles: SlackProfiles;
  background: Background;
  approvalContext: ApprovalContext;
  /** The slash command, e.g. `/package`. */
  command: string;
  details: OperationDetails;
  times: NoticeTimes;
  log: Log;
}

/**
 * Starts the workers that tell Slack what happened. Each takes kinds of its own, one message after another, so that a
 * long row of one kind holds up no other.
 */
export function startOutbox(options: OutboxOptions): OutboxWorker {
  const { engine, claimant, profiles, background, approvalContext, command, details, times, log } = options;
  const { notices, outcomes } = options.clients;
  const deliverer = (deliveries: Deliveries) =>
    startOutboxWorker(engine, deliveries, (error) => log.error('A message could not be delivered', error), claimant);
  const noticeSender = { engine, client: notices, claimedBy: claimant.id };
  const outcomeSender = { engine, client: outcomes, claimedBy: claimant.id };
  const ofRequests = { context: approvalContext, profiles, sender: outcomeSender };
  return joinOutboxWorkers([
    deliverer({ assignment_ending: endingDelivery(engine, notices, profiles) }),
    deliverer({ access_changed: accessChangeDelivery({ sender: noticeSender, profiles, command, times }) }),
    deliverer({
      channel_trouble: channelTroubleDelivery(noticeSender, profiles),
      access_blocked: accessBlockedDelivery(noticeSender, profiles),
    }),
    deliverer({ assignment_report: reportDelivery(engine, notices, profiles) }),
    deliverer({ drift_digest: driftDelivery(noticeSender) }),
    deliverer({ background_progress: backgroundDelivery({ engine, client: outcomes, profiles, background, details }) }),
    deliverer({
      delegation: delegationDelivery(outcomeSender, profiles, command),
      request: requestDelivery(ofRequests),
      request_reminder: reminderDelivery(ofRequests),
      break_glass: breakGlassDelivery(ofRequests),
    }),
  ]);
}
