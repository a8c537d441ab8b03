import type { Readable } from 'node:stream';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import {
  type BackgroundReport,
  findBackgroundReport,
  rememberTold,
} from '../../engine/operations/backgroundReports.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { Background } from '../kit/background.ts';
import { type BackgroundProgress, progressText, progressView } from '../kit/backgroundView.ts';
import { slackErrorOf, wordStoredError } from '../kit/errorText.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { updateView } from '../kit/stage.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';
import { uploadFile } from '../kit/uploadFile.ts';
import { findSent, marked } from './findSent.ts';
import type { Deliver } from './outboxWorker.ts';
import { notYetOf } from './putOff.ts';

/** The details of a done operation as a CSV file; null where it has none. */
export type OperationDetails = (operation: { organizationId: number; operationId: number }) => Promise<Readable> | null;

export interface BackgroundDeliveryOptions {
  engine: EngineContext;
  client: WebClient;
  profiles: SlackProfiles;
  background: Background;
  details: OperationDetails;
}

const Payload = z.object({ key: z.uuid() });
const Opened = z.object({ channel: z.object({ id: z.string() }) });
const Posted = z.object({ channel: z.string(), ts: z.string() });

/** Answers that mean that the person deleted the message, or that it cannot be changed any more: another is posted. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

type Place = NonNullable<BackgroundReport['reportTo']['message']>;

/**
 * Tells whoever confirmed a background operation how it stands: in one message that is kept up to date, in the window
 * where it still waits, and at the end with the details in the message's thread. What was told is stored step by step,
 * so that another attempt goes on where this one ended. It always tells the state of now, whatever the occasion was.
 */
export function backgroundDelivery(options: BackgroundDeliveryOptions): Deliver {
  const { engine, client, profiles, background, details } = options;

  return async ({ organizationId, payload, attempts }, lastAttempt) => {
    const ref = { organizationId, key: Payload.parse(payload).key };
    const report = await findBackgroundReport(engine, ref);
    if (!report?.actorSlackId) return;
    const { locale, timeZone } = report.organization;
    const texts = textsOf(languageOf((await profiles.get(report.actorSlackId)).locale, locale), timeZone);
    const place = report.told === report.state ? report.reportTo.message : await tell(texts, report, attempts > 1);
    if (report.state !== 'done' || !place || report.detailsSent) return;
    try {
      await sendDetails(texts, report, place, attempts > 1);
    } catch (error) {
      // The operation stands, whatever becomes of its paper
      const text = texts.background.detailsFailed;
      if (lastAttempt && notYetOf(error) === null)
        await client.chat.postMessage({ channel: place.channel, thread_ts: place.ts, text });
      throw error;
    }
  };

  async function tell(texts: Texts, report: BackgroundReport, again: boolean): Promise<Place> {
    const progress = progressOf(texts, report, background);
    const place = await write(report, progressText(texts, progress), again);
    const reportTo = { ...report.reportTo, message: place };
    await rememberTold(engine, report, { reportTo });
    if (reportTo.viewId) await updateView(client, reportTo.viewId, progressView(texts, progress));
    await rememberTold(engine, report, { told: report.state });
    return place;
  }

  /** Changes the message, or posts it where there is none yet. */
  async function write(report: BackgroundReport, text: string, again: boolean): Promise<Place> {
    const { actorSlackId, createdAt, key, reportTo } = report;
    const { channel } = reportTo.message
      ? { channel: { id: reportTo.message.channel } }
      : Opened.parse(await client.conversations.open({ users: String(actorSlackId) }));
    const mark = `background:${key}:${createdAt.getTime()}`;
    const search = { channel: channel.id, since: createdAt, known: { mark } };
    const ts = reportTo.message?.ts ?? (again ? await findSent(client, search) : null);
    if (ts !== null) {
      try {
        await client.chat.update({ channel: channel.id, ts, text });
        return { channel: channel.id, ts };
      } catch (error) {
        if (!GONE.has(slackErrorOf(error))) throw error;
      }
    }
    return Posted.parse(await client.chat.postMessage({ channel: channel.id, text, ...marked(mark) }));
  }

  async function sendDetails(texts: Texts, report: BackgroundReport, place: Place, again: boolean): Promise<void> {
    const { organizationId, operationId, createdAt: since } = report;
    const name = texts.background.detailsFile(operationId ?? 0);
    const to = { channel: place.channel, thread: place.ts };
    const isThere = again && (await findSent(client, { ...to, since, known: { file: name } })) !== null;
    const content = isThere || operationId === null ? null : await details({ organizationId, operationId });
    const comment = () => texts.background.details;
    if (content) await uploadFile(client, { content, mediaType: 'text/csv', name, comment, ...to });
    await rememberTold(engine, report, { detailsSent: true });
  }
}

function progressOf(texts: Texts, report: BackgroundReport, background: Background): BackgroundProgress {
  const { kind, subject, people, state, startedAt, finishedAt } = report;
  const wording = background.wordingOf(kind);
  return {
    ...{ state, startedAt, finishedAt },
    doing: wording.doing(texts, { subject, people }),
    title: wording.title(texts),
    outcome: outcomeOf(texts, report, wording),
  };
}

function outcomeOf(texts: Texts, report: BackgroundReport, wording: ReturnType<Background['wordingOf']>): string[] {
  if (report.state === 'done') return wording.done(texts, report.subject, report.outcome);
  return report.state === 'failed' ? [wordStoredError(texts, report.error)] : [];
}
