import type { WebClient } from '@slack/web-api';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { exportsAs } from '../../engine/readModels/exports.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { organizationCsv, type WantedExport } from '../../export/organizationCsv.ts';
import type { Identity } from '../kit/identify.ts';
import { escapeText, isoClock } from '../kit/text.ts';
import { openDirect, uploadFile } from '../kit/uploadFile.ts';
import { packageName } from '../kit/wording.ts';

/** An export that may be made: the name of its file, and how to make and send it. */
export interface PreparedExport {
  name: string;
  send: () => Promise<void>;
}

/**
 * Authorizes an export and finds what it is of; the file itself is made when it is sent.
 * @throws EngineError `not_allowed`, `package_not_found`.
 */
export async function prepareExport(
  engine: EngineContext,
  client: WebClient,
  { actor, organization, texts, slackUserId }: Identity,
  wanted: WantedExport,
): Promise<PreparedExport> {
  const { kind, number } = wanted;
  const exports = exportsAs(engine, actor);
  const of = number === null ? null : await resolvePackage(engine, actor, String(number));
  const { timeZone } = organization;
  const { content, lines } = await organizationCsv(exports, { texts, timeZone }, wanted);
  const prefix = number === null ? '' : `package-${number}-`;
  const day = isoClock(timeZone)(engine.now()).slice(0, 'yyyy-mm-dd'.length);
  const everything = kind === 'access' ? escapeText(organization.name) : texts.exports.allPackages;
  const name = `${prefix}${texts.exports.fileWords[kind]}-${day}.csv`;
  return {
    name,
    async send() {
      await uploadFile(client, {
        ...{ content, name, mediaType: 'text/csv; charset=utf-8' },
        channel: await openDirect(client, slackUserId),
        comment: () => texts.exports.done[kind](of ? packageName(texts, of) : everything, lines()),
      });
    },
  };
}
