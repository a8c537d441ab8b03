import type { Transaction } from '../../persistence/database.ts';
import { enqueueDigests } from '../../persistence/drift/driftChannels.ts';
import {
  advanceDriftMark,
  DRIFT_TASK,
  type DriftMark,
  deleteDriftMarks,
  enqueueDrift,
  selectDriftMarks,
  selectMarkedPeople,
} from '../../persistence/drift/driftMarks.ts';
import { advanceDriftDays, findLastDriftScan } from '../../persistence/drift/driftRecords.ts';
import {
  type DriftChange,
  type DriftWriting,
  lockDrift,
  writeDriftOfPackage,
  writeDriftOfPeople,
} from '../../persistence/drift/driftState.ts';
import { selectOrganizations } from '../../persistence/organizations.ts';
import { type RawQuery, rawQueryOf } from '../../persistence/rawQuery.ts';
import type { EngineContext } from './operationFrame.ts';
import { type DriftScanned, scanDrift } from './scanDrift.ts';

export { DRIFT_TASK };

/** People looked at in one statement: a thousand at once are planned a hundred times worse. */
const CHUNK = 100;

/** Chunks in one transaction, and marks looked at in it. */
const CHUNKS = 10;
const MARKS = 20;

/**
 * Brings the drift of an organization up to date with what its operations marked, so that the cost follows what
 * changed. Where there has been no scan yet, or everything may have changed, everything is looked at. Any number of
 * processes may do this at once. For the program itself: not authorized here.
 * @returns the scan, where it came to one.
 */
export async function settleDrift(context: EngineContext, organizationId: number): Promise<DriftScanned | null> {
  const scanned = await findLastDriftScan(context.database.prisma, organizationId);
  let scan = scanned ? null : await scanDrift(context, organizationId);
  for (;;) {
    const met = await context.database.prisma.$transaction(
      (transaction) => settleSome(transaction, organizationId, context.now()),
      { maxWait: 30_000, timeout: 300_000 },
    );
    if (met === 'nothing') return scan;
    if (met === 'everything') scan = await scanDrift(context, organizationId);
  }
}

/** Has the drift of every organization scanned by a worker; with `onlyNew`, of those that have never been. */
export async function enqueueDriftScans(
  { database: { prisma } }: EngineContext,
  { onlyNew }: { onlyNew: boolean },
): Promise<void> {
  // One after another: each is one row for the queue, and there are few organizations
  for (const { id } of await selectOrganizations(prisma)) {
    if (onlyNew && (await findLastDriftScan(prisma, id))) continue;
    await prisma.$transaction((transaction) =>
      enqueueDrift(rawQueryOf(transaction), { organizationId: id, scan: !onlyNew }),
    );
  }
}

/** Looks again at what the oldest marks are about, and ends those that are done with, in one transaction. */
async function settleSome(
  transaction: Transaction,
  organizationId: number,
  at: Date,
): Promise<'nothing' | 'something' | 'everything'> {
  const query: RawQuery = rawQueryOf(transaction);
  await lockDrift(query, organizationId);
  const marks = await selectDriftMarks(transaction, organizationId, MARKS);
  if (marks.length === 0) return 'nothing';
  if (marks.some(({ operationId }) => operationId === null)) return 'everything';
  const writing = { organizationId, at, tells: true };
  const changes: DriftChange[] = [];
  const ended: bigint[] = [];
  let chunks = CHUNKS;
  for (const mark of marks) {
    const { done, used } = await settleMark(transaction, writing, mark, chunks, changes);
    chunks -= used;
    if (done) ended.push(mark.id);
    if (!done || chunks <= 0) break;
  }
  await deleteDriftMarks(transaction, organizationId, ended);
  await advanceDriftDays(transaction, organizationId, at, changes);
  const touched = new Set(changes.map(({ packageNumber }) => packageNumber));
  await enqueueDigests(transaction, organizationId, at, [...touched]);
  return 'something';
}

/** Looks at the people of a mark, at most so many chunks of them, and after the last at its package. */
async function settleMark(
  transaction: Transaction,
  writing: DriftWriting,
  mark: DriftMark,
  chunks: number,
  changes: DriftChange[],
): Promise<{ done: boolean; used: number }> {
  const { organizationId } = writing;
  let { afterUserId } = mark;
  for (let used = 0; used < chunks; used++) {
    const people = await selectMarkedPeople(transaction, organizationId, { ...mark, afterUserId }, CHUNK);
    if (people.length > 0) changes.push(...(await writeDriftOfPeople(transaction, writing, people)));
    if (people.length < CHUNK) {
      if (mark.packageNumber === null) return { done: true, used: used + 1 };
      changes.push(...(await writeDriftOfPackage(transaction, writing, mark.packageNumber)));
      return { done: true, used: chunks };
    }
    afterUserId = people.at(-1) ?? afterUserId;
  }
  await advanceDriftMark(transaction, organizationId, mark, afterUserId);
  return { done: false, used: chunks };
}
