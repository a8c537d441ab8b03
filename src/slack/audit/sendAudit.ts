import type { WebClient } from '@slack/web-api';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { exportAudit } from '../../engine/readModels/audit.ts';
import { AUDIT_MEDIA_TYPES, type AuditFormat, auditFile } from '../../export/auditFile.ts';
import type { Identity } from '../kit/identify.ts';
import type { AuditState } from '../kit/screenRefs.ts';
import { isoClock } from '../kit/text.ts';
import { openDirect, uploadFile } from '../kit/uploadFile.ts';
import { filterOf } from './filter.ts';

/**
 * Authorizes a file of what a search found, and names it; the file itself is made when it is sent.
 * @throws EngineError `not_allowed`.
 */
export function prepareAuditExport(
  engine: EngineContext,
  client: WebClient,
  { actor, organization, texts, slackUserId }: Identity,
  { state, format }: { state: AuditState; format: AuditFormat },
): { name: string; send: () => Promise<void> } {
  const { timeZone } = organization;
  const records = exportAudit(engine, actor, filterOf(timeZone, state));
  const { content, lines } = auditFile({ texts, timeZone }, format, records);
  const day = isoClock(timeZone)(engine.now()).slice(0, 'yyyy-mm-dd'.length);
  const name = `${texts.audit.fileWord}-${day}.${format}`;
  return {
    name,
    async send() {
      await uploadFile(client, {
        ...{ content, name, mediaType: AUDIT_MEDIA_TYPES[format] },
        channel: await openDirect(client, slackUserId),
        comment: () => texts.audit.done(lines()),
      });
    },
  };
}
