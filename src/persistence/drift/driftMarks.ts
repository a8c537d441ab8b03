import { z } from 'zod';
import type { Queryable } from '../database.ts';
import type { RawQuery } from '../rawQuery.ts';

/** The queue's name of the task that looks again at what may have drifted. */
export const DRIFT_TASK = 'drift';

/**
 * What may have moved: the people of an operation's history, and every member of a package; without an operation,
 * everything.
 */
export interface NewDriftMark {
  organizationId: number;
  operationId: number | null;
  packageNumber: number | null;
}

/**
 * Notes what may have drifted and leaves it to a worker, in the transaction of what moved it: one row and one job,
 * however many people it is about. Whoever notes more before the worker begins shares its job.
 */
export async function markDrift(query: RawQuery, mark: NewDriftMark): Promise<void> {
  const { organizationId, operationId, packageNumber } = mark;
  await query(
    `WITH marked AS (
       INSERT INTO drift_marks (organization_id, operation_id, package_number) VALUES ($1::int, $2::int, $3::int)
     )
     ${addJobFrom(4)}`,
    [organizationId, operationId, packageNumber, ...jobOf({ organizationId, scan: false })],
  );
}

/** Has a worker look at the drift of an organization: at what is marked, or with `scan` at everything. */
export async function enqueueDrift(query: RawQuery, job: DriftJob): Promise<void> {
  await query(addJobFrom(1), jobOf(job));
}

/** What a worker is to look at. */
export interface DriftJob {
  organizationId: number;
  scan: boolean;
}

/** Adds a job, described by {@link jobOf} in the parameters from this number on. */
function addJobFrom(first: number): string {
  const $ = (index: number, type: string) => `$${first + index}::${type}`;
  return `SELECT id::text FROM graphile_worker.add_job(
    identifier => ${$(0, 'text')}, payload => ${$(1, 'json')}, queue_name => ${$(2, 'text')},
    max_attempts => ${$(3, 'int')}, job_key => ${$(4, 'text')})`;
}

/** Times that a job may be begun; what it leaves is done by the next. */
const ATTEMPTS = 10;

function jobOf(job: DriftJob): unknown[] {
  const { organizationId, scan } = job;
  // One after another for an organization: two at once would only wait for each other
  const queue = `${DRIFT_TASK}:${organizationId}`;
  return [DRIFT_TASK, JSON.stringify(job), queue, ATTEMPTS, `${queue}:${scan ? 'scan' : 'marks'}`];
}

const Mark = z.object({
  id: z.bigint(),
  operationId: z.number().nullable(),
  packageNumber: z.number().nullable(),
  afterUserId: z.number(),
});

/** Something that may have moved, and has not been looked at again yet. */
export type DriftMark = z.infer<typeof Mark>;

/** The oldest marks of an organization. */
export async function selectDriftMarks(
  queryable: Queryable,
  organizationId: number,
  limit: number,
): Promise<DriftMark[]> {
  const found = await queryable.driftMark.findMany({ where: { organizationId }, orderBy: { id: 'asc' }, take: limit });
  return z.array(Mark).parse(found);
}

/** The next people of an operation's history, in the order of their ids. */
export async function selectMarkedPeople(
  queryable: Queryable,
  organizationId: number,
  { operationId, afterUserId }: DriftMark,
  limit: number,
): Promise<number[]> {
  if (operationId === null) return [];
  const found = await queryable.operationChange.findMany({
    ...{ where: { organizationId, operationId, userId: { gt: afterUserId } }, select: { userId: true } },
    ...{ orderBy: { userId: 'asc' }, take: limit },
  });
  return found.map(({ userId }) => userId);
}

/** Remembers up to whom a mark's people have been looked at. */
export async function advanceDriftMark(
  queryable: Queryable,
  organizationId: number,
  { id }: DriftMark,
  afterUserId: number,
): Promise<void> {
  await queryable.driftMark.update({ where: { organizationId_id: { organizationId, id } }, data: { afterUserId } });
}

/** Ends marks: what they were about has been looked at again in this transaction. */
export async function deleteDriftMarks(
  queryable: Queryable,
  organizationId: number,
  ids: readonly bigint[],
): Promise<void> {
  await queryable.driftMark.deleteMany({ where: { organizationId, id: { in: [...ids] } } });
}

/** The marks of an organization that are there now. */
export async function selectDriftMarkIds(queryable: Queryable, organizationId: number): Promise<bigint[]> {
  const found = await queryable.driftMark.findMany({ where: { organizationId }, select: { id: true } });
  return found.map(({ id }) => id);
}
