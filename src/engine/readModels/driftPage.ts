import { type DriftChannels, findDriftChannels, findDriftSnooze } from '../../persistence/drift/driftChannels.ts';
import { fingerprintDrift } from '../../persistence/drift/driftNews.ts';
import { findLastDriftScan } from '../../persistence/drift/driftRecords.ts';
import { type DriftingPackage, type DriftingPage, selectDriftByPackage } from '../../persistence/drift/driftTotals.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { getPackage } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { DriftChannels };

/** One page of the packages with drift, when everything was last looked at, and where the organization tells it. */
export interface DriftPage {
  scannedAt: Date | null;
  channel: string | null;
  packages: DriftingPackage[];
  total: number;
}

/** The packages with drift, most of it first. Needs `view`. */
export async function driftPage(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: DriftingPage,
): Promise<DriftPage> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const scan = await findLastDriftScan(prisma, organizationId);
  const { organization } = await findDriftChannels(prisma, organizationId, null);
  const found = await selectDriftByPackage(prisma, organizationId, page);
  return { scannedAt: scan?.endedAt ?? null, channel: organization, ...found };
}

/** Where drift is told, of a package or (null) of the organization, and until when a package's is not. Needs `view`. */
export async function driftTelling(
  { database: { prisma }, now }: EngineContext,
  actor: Actor,
  number: number | null,
): Promise<{ package: { number: number; name: string } | null; channels: DriftChannels; snoozedUntil: Date | null }> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const snooze = number === null ? null : await findDriftSnooze(prisma, organizationId, number);
  return {
    package: number === null ? null : await getPackage(prisma, organizationId, number),
    channels: await findDriftChannels(prisma, organizationId, number),
    snoozedUntil: snooze && snooze.until > now() ? snooze.until : null,
  };
}

/**
 * What accepting a package's drift would be about, and the hash that a confirmation agrees to. Needs `sync_packages`.
 */
export async function previewAcceptance(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
): Promise<{ package: { number: number; name: string }; cells: number; people: number; hash: string }> {
  requireMay(actor, 'sync_packages');
  const pack = await getPackage(prisma, actor.organizationId, number);
  return { package: pack, ...(await fingerprintDrift(prisma, actor.organizationId, number)) };
}
