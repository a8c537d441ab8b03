import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { operationBehind } from '../../engine/operations/deliveries.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { findAssignmentRecord } from '../../engine/readModels/assignmentReport.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { languageOf, textsOf } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { assignmentPdf } from './assignmentReport.ts';
import type { Deliver } from './outboxWorker.ts';

/** After this an upload counts as lost; the report is tried again. */
const UPLOAD_TIMEOUT_MS = 5 * 60_000;

const Opened = z.object({ channel: z.object({ id: z.string() }) });
const Upload = z.object({ upload_url: z.string(), file_id: z.string() });

/** Delivers the PDF of an assignment to the direct messages of whoever confirmed it. */
export function reportDelivery(engine: EngineContext, client: WebClient, profiles: SlackProfiles): Deliver {
  return async (delivery, lastAttempt) => {
    const operation = await operationBehind(engine, delivery);
    const record = await findAssignmentRecord(engine, delivery.organizationId, delivery.operationId);
    if (!operation?.actorSlackId || !operation.package || !record) return;
    const { number } = operation.package;
    const { locale } = await profiles.get(operation.actorSlackId);
    const texts = textsOf(languageOf(locale, record.snapshot.organization.locale));
    const pack = packageName(texts, operation.package);
    const { channel } = Opened.parse(await client.conversations.open({ users: operation.actorSlackId }));
    try {
      const people = Object.values(record.memberships).reduce((sum, each) => sum + each, 0);
      await upload(client, {
        pdf: assignmentPdf(record),
        name: texts.notices.reportFile(number, delivery.operationId),
        channel: channel.id,
        comment: texts.notices.report(pack, people),
      });
    } catch (error) {
      // The assignment stands, whatever becomes of its paper
      if (lastAttempt)
        await client.chat.postMessage({
          channel: channel.id,
          text: texts.notices.reportFailed(pack, delivery.operationId),
        });
      throw error;
    }
  };
}

interface UploadRequest {
  pdf: Readable;
  name: string;
  channel: string;
  comment: string;
}

/** Slack wants the length first: the document is made on disk, then streamed, and never held in memory. */
async function upload(client: WebClient, { pdf, name, channel, comment }: UploadRequest): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-report-'));
  const file = join(folder, 'report.pdf');
  try {
    await pipeline(pdf, createWriteStream(file));
    const { size } = await stat(file);
    const { upload_url, file_id } = Upload.parse(
      await client.files.getUploadURLExternal({ filename: name, length: size }),
    );
    const answer = await fetch(upload_url, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', 'content-length': String(size) },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream,
      duplex: 'half',
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    } as RequestInit);
    if (!answer.ok) throw new Error(`Slack refused the upload of ${name}: HTTP ${answer.status}`);
    await client.files.completeUploadExternal({
      files: [{ id: file_id, title: name }],
      channel_id: channel,
      initial_comment: comment,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
