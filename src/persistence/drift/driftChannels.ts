import { z } from 'zod';
import type { Queryable } from '../database.ts';
import { idArray } from '../idArray.ts';

/** The row that stands for the organization's own. */
const ORGANIZATION = 0;

/** Where drift is told: in the organization's channel, or for a package in its own; null where in none. */
export interface DriftChannels {
  organization: string | null;
  package: string | null;
}

/** The channels of the organization and, where one is named, of a package. */
export async function findDriftChannels(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number | null,
): Promise<DriftChannels> {
  const found = await queryable.driftChannel.findMany({
    where: { organizationId, packageNumber: { in: [ORGANIZATION, packageNumber ?? ORGANIZATION] } },
  });
  const of = (number: number | null) => found.find((each) => each.packageNumber === number)?.channel ?? null;
  return { organization: of(ORGANIZATION), package: of(packageNumber) };
}

/** Sets a channel, of the organization where no package is named, or takes it away. */
export async function writeDriftChannel(
  queryable: Queryable,
  { organizationId, packageNumber }: { organizationId: number; packageNumber: number | null },
  channel: string | null,
): Promise<void> {
  const key = { organizationId, packageNumber: packageNumber ?? ORGANIZATION };
  if (channel === null) await queryable.driftChannel.deleteMany({ where: key });
  else {
    await queryable.driftChannel.upsert({
      ...{ where: { organizationId_packageNumber: key }, create: { ...key, channel }, update: { channel } },
    });
  }
}

/** While a package's drift is not told: since when, and until when. */
export interface DriftSnooze {
  since: Date;
  until: Date;
}

/** The latest snooze of a package, over or not; null where it has had none. */
export function findDriftSnooze(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
): Promise<DriftSnooze | null> {
  return queryable.driftSnooze.findUnique({
    where: { organizationId_packageNumber: { organizationId, packageNumber } },
  });
}

/** Begins a snooze, in the place of any other. */
export async function writeDriftSnooze(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  { since, until }: DriftSnooze,
): Promise<void> {
  const key = { organizationId, packageNumber };
  await queryable.driftSnooze.upsert({
    where: { organizationId_packageNumber: key },
    create: { ...key, since, until },
    update: { since, until },
  });
}

/** Has the drift of packages told after the transaction, where there is a channel for it. */
export async function enqueueDigests(
  queryable: Queryable,
  organizationId: number,
  at: Date,
  packageNumbers: readonly number[],
): Promise<void> {
  if (packageNumbers.length === 0) return;
  // One that waits tells the state of then: it is held until this is committed, so that it tells of this too
  const waiting = z.array(z.object({ number: z.number() })).parse(
    await queryable.$queryRaw<unknown[]>`
      UPDATE outbox SET payload = payload
      WHERE organization_id = ${organizationId}::int AND kind = 'drift_digest' AND delivered_at IS NULL
        AND attempts = 0 AND available_at <= ${at} AND (payload ->> 'number')::int = ANY (${idArray(packageNumbers)})
      RETURNING (payload ->> 'number')::int AS number`,
  );
  const told = new Set(waiting.map(({ number }) => number));
  const numbers = packageNumbers.filter((number) => !told.has(number));
  await scheduleDigests(queryable, organizationId, at, numbers);
}

/** Has the drift of packages told at a moment, where there is a channel for it by now. */
export async function scheduleDigests(
  queryable: Queryable,
  organizationId: number,
  at: Date,
  packageNumbers: readonly number[],
): Promise<void> {
  await queryable.$executeRaw`
    INSERT INTO outbox (organization_id, kind, payload, available_at)
    SELECT ${organizationId}::int, 'drift_digest', jsonb_build_object('number', number), ${at}
    FROM unnest(${idArray(packageNumbers)}) AS told(number)
    WHERE EXISTS (SELECT FROM drift_channels c
                  WHERE c.organization_id = ${organizationId}::int AND c.package_number IN (0, told.number))
    ORDER BY number`;
}
