import {
  enqueueDigests,
  findDriftChannels,
  findDriftSnooze,
  scheduleDigests,
  writeDriftChannel,
  writeDriftSnooze,
} from '../../persistence/drift/driftChannels.ts';
import { enqueueDrift } from '../../persistence/drift/driftMarks.ts';
import { acceptDriftOf, fingerprintDrift } from '../../persistence/drift/driftNews.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getPackage } from './loadPackage.ts';
import { runAdministration } from './runAdministration.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

type Nothing = Record<string, never>;

/**
 * Sets in which channel drift is told where a package has none of its own; null: in none. Needs `administer`.
 * @throws EngineError `nothing_changed`.
 */
export function setDriftChannel(
  context: EngineContext,
  command: Command & { channel: string | null },
): Promise<OperationDone<Nothing>> {
  return writeChannel(context, { ...command, packageNumber: null }, 'administer');
}

/**
 * Sets in which channel a package's drift is told; null: in the organization's. Needs `define_packages`.
 * @throws EngineError `package_not_found`, `nothing_changed`.
 */
export function setPackageDriftChannel(
  context: EngineContext,
  { number, ...command }: Command & { number: number; channel: string | null },
): Promise<OperationDone<Nothing>> {
  return writeChannel(context, { ...command, packageNumber: number }, 'define_packages');
}

function writeChannel(
  context: EngineContext,
  command: Command & { packageNumber: number | null; channel: string | null },
  needs: 'administer' | 'define_packages',
): Promise<OperationDone<Nothing>> {
  const { packageNumber, channel } = command;
  const { organizationId } = command.actor;
  return runAdministration(context, { kind: 'set_drift_channel', needs, command }, async (transaction) => {
    if (packageNumber !== null) await getPackage(transaction, organizationId, packageNumber);
    const found = await findDriftChannels(transaction, organizationId, packageNumber);
    const before = packageNumber === null ? found.organization : found.package;
    if (before === channel) throw new EngineError('nothing_changed', {});
    await writeDriftChannel(transaction, { organizationId, packageNumber }, channel);
    return { subject: { package: packageNumber }, before: { channel: before }, after: { channel }, outcome: {} };
  });
}

/** The longest snooze and acceptance: what is forgotten for longer is better changed. */
const LONGEST_MS = 366 * 24 * 3_600_000;

/**
 * Tells nothing of a package's drift until a moment; what happened meanwhile is told then. Needs `sync_packages`.
 * @throws EngineError `package_not_found`, `invalid_until`.
 */
export function snoozeDrift(
  context: EngineContext,
  command: Command & { number: number; until: Date },
): Promise<OperationDone<Nothing>> {
  const { number, until } = command;
  const { organizationId } = command.actor;
  const head = { kind: 'snooze_drift', needs: 'sync_packages', command } as const;
  return runAdministration(context, head, async (transaction, { at }) => {
    await getPackage(transaction, organizationId, number);
    requireFuture(at, until);
    const before = await findDriftSnooze(transaction, organizationId, number);
    const isOver = before === null || before.until <= at;
    // One that is longer than another begins where that began: nothing of between is lost
    await writeDriftSnooze(transaction, organizationId, number, { since: isOver ? at : before.since, until });
    await enqueueDigests(transaction, organizationId, at, [number]);
    await scheduleDigests(transaction, organizationId, until, [number]);
    return {
      ...{ subject: { package: number }, before: isOver ? null : { until: before.until.toISOString() } },
      ...{ after: { until: until.toISOString() }, outcome: {} },
    };
  });
}

/**
 * Has a package's drift told again before its snooze is over, with what happened meanwhile. Needs `sync_packages`.
 * @throws EngineError `package_not_found`, `nothing_changed` where it is not snoozed.
 */
export function endSnooze(
  context: EngineContext,
  command: Command & { number: number },
): Promise<OperationDone<Nothing>> {
  const { number } = command;
  const { organizationId } = command.actor;
  const head = { kind: 'end_snooze', needs: 'sync_packages', command } as const;
  return runAdministration(context, head, async (transaction, { at }) => {
    await getPackage(transaction, organizationId, number);
    const before = await findDriftSnooze(transaction, organizationId, number);
    if (before === null || before.until <= at) throw new EngineError('nothing_changed', {});
    await writeDriftSnooze(transaction, organizationId, number, { since: before.since, until: at });
    await enqueueDigests(transaction, organizationId, at, [number]);
    const untilWas = { until: before.until.toISOString() };
    return { subject: { package: number }, before: untilWas, after: { until: at.toISOString() }, outcome: {} };
  });
}

/**
 * Accepts everything that has drifted of a package as it is, until a moment and for a reason; sooner where the
 * package's value or the person's access changes (DOMAIN 1). Needs `sync_packages`.
 * @throws EngineError `package_not_found`, `invalid_until`, `reason_needed`, `nothing_chosen`, `plan_changed` where
 *   other cells have drifted than those that were shown.
 */
export function acceptDrift(
  context: EngineContext,
  command: Command & { number: number; until: Date; reason: string; planHash: string },
): Promise<OperationDone<{ cells: number; people: number }>> {
  const { number, until, reason } = command;
  const { organizationId } = command.actor;
  const head = { kind: 'accept_drift', needs: 'sync_packages', command, packageNumber: number } as const;
  return runOperation(context, head, async (transaction, { id, at }) => {
    await getPackage(transaction, organizationId, number);
    requireFuture(at, until);
    if (reason.trim() === '') throw new EngineError('reason_needed', {});
    const { hash, ...outcome } = await fingerprintDrift(transaction, organizationId, number);
    if (outcome.cells === 0) throw new EngineError('nothing_chosen', {});
    if (hash !== command.planHash) throw new EngineError('plan_changed', {});
    const target = { organizationId, packageNumber: number, operationId: id };
    await acceptDriftOf(transaction, target, { until, reason: reason.trim() });
    const after = { ...outcome, until: until.toISOString(), reason: reason.trim() };
    return {
      ...{ packageNumber: number, planHash: hash, snapshot: { package: number }, outcome },
      audit: { subject: { package: number }, before: null, after },
      messages: [],
    };
  });
}

function requireFuture(at: Date, until: Date): void {
  const ahead = until.getTime() - at.getTime();
  if (!(ahead > 0 && ahead <= LONGEST_MS)) throw new EngineError('invalid_until', {});
}

/**
 * Has a worker look at everything now. It changes nothing of anybody's. Needs `sync_packages`.
 * @throws EngineError `not_allowed`.
 */
export async function requestDriftScan({ database: { prisma } }: EngineContext, actor: Actor): Promise<void> {
  if (!mayDo(actor, 'sync_packages')) throw new EngineError('not_allowed', { needs: 'sync_packages' });
  const { organizationId } = actor;
  await prisma.$transaction((transaction) => enqueueDrift(rawQueryOf(transaction), { organizationId, scan: true }));
}
