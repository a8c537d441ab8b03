import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { operationBehind } from '../../engine/operations/deliveries.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { findAssignmentRecord } from '../../engine/readModels/assignmentReport.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { languageOf, textsOf } from '../kit/texts/index.ts';
import { openDirect, uploadFile } from '../kit/uploadFile.ts';
import { packageName } from '../kit/wording.ts';
import { assignmentPdf } from './assignmentReport.ts';
import { findSent } from './findSent.ts';
import type { Deliver } from './outboxWorker.ts';
import { notYetOf } from './putOff.ts';

/** Who asked for the PDF again, and when; nothing where it is sent for the first time. */
const Again = z.object({ to: z.string(), askedAt: z.coerce.date() });

/** Delivers the PDF of an assignment to the direct messages of whoever confirmed it, or asked for it again. */
export function reportDelivery(engine: EngineContext, client: WebClient, profiles: SlackProfiles): Deliver {
  return async (delivery, lastAttempt) => {
    const operation = await operationBehind(engine, delivery);
    const again = Again.safeParse(delivery.payload).data;
    const to = again?.to ?? operation?.actorSlackId;
    if (!operation?.package || !to) return;
    const record = await findAssignmentRecord(engine, delivery.organizationId, operation.id);
    if (!record) return;
    const { locale } = await profiles.get(to);
    const texts = textsOf(languageOf(locale, record.snapshot.organization.locale));
    const pack = packageName(texts, operation.package);
    const channel = await openDirect(client, to);
    const name = texts.notices.reportFile(operation.package.number, operation.id);
    const sent = { channel, since: again?.askedAt ?? record.at, known: { file: name } };
    if (delivery.attempts > 1 && (await findSent(client, sent)) !== null) return;
    try {
      const people = Object.values(record.memberships).reduce((sum, each) => sum + each, 0);
      await uploadFile(client, {
        content: assignmentPdf(record),
        ...{ name, mediaType: 'application/pdf', channel },
        comment: () => texts.notices.report(pack, people),
      });
    } catch (error) {
      // The assignment stands, whatever becomes of its paper
      if (lastAttempt && notYetOf(error) === null) {
        await client.chat.postMessage({ channel, text: texts.notices.reportFailed(pack, operation.id) });
      }
      throw error;
    }
  };
}
