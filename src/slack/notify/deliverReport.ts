import type { WebClient } from '@slack/web-api';
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

/** Delivers the PDF of an assignment to the direct messages of whoever confirmed it. */
export function reportDelivery(engine: EngineContext, client: WebClient, profiles: SlackProfiles): Deliver {
  return async (delivery, lastAttempt) => {
    const operation = await operationBehind(engine, delivery);
    if (!operation?.actorSlackId || !operation.package) return;
    const record = await findAssignmentRecord(engine, delivery.organizationId, operation.id);
    if (!record) return;
    const { locale } = await profiles.get(operation.actorSlackId);
    const texts = textsOf(languageOf(locale, record.snapshot.organization.locale));
    const pack = packageName(texts, operation.package);
    const channel = await openDirect(client, operation.actorSlackId);
    const name = texts.notices.reportFile(operation.package.number, operation.id);
    const sent = { channel, since: record.at, known: { file: name } };
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
      if (lastAttempt) await client.chat.postMessage({ channel, text: texts.notices.reportFailed(pack, operation.id) });
      throw error;
    }
  };
}
