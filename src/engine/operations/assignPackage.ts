import { type AssignmentCounts, type ConflictChoices, writeAssignment } from '../../persistence/assignCells.ts';
import { selectFormerEnds } from '../../persistence/assignmentEnds.ts';
import { selectApplicationsLackingMain } from '../../persistence/catalog.ts';
import type { Transaction } from '../../persistence/database.ts';
import { getOrganization } from '../../persistence/organizations.ts';
import { selectPackagePermissions, selectPackageStructures } from '../../persistence/packages.ts';
import { refreshStatistics } from '../../persistence/statistics.ts';
import { findStructures } from '../../persistence/structures.ts';
import type { AssignmentSnapshot } from '../core/assignmentSnapshot.ts';
import { hashOf } from '../core/canonicalJson.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { ALL_STRUCTURES, parameterCodes } from '../core/parameter.ts';
import { EngineError } from '../errors.ts';
import { endFor } from './assignmentEnd.ts';
import { getPackage, type PackageRecord } from './loadPackage.ts';
import { refuseLeft } from './refuseLeft.ts';
import {
  type Command,
  type EngineContext,
  type Named,
  type OperationDone,
  requirePlan,
  runOperation,
} from './runOperation.ts';

export interface AssignPackageCommand extends Command {
  number: number;
  userIds: readonly number[];
  choices: ConflictChoices;
  /**
   * The last day, such as `2026-12-12`, in the organization's time zone; absent or null: it lasts. Active members keep
   * theirs.
   */
  until?: string | null | undefined;
  /** Hash of the preflight that was confirmed; where the world has moved since, nothing is applied. */
  planHash: string;
}

export type AssignmentOutcome = Omit<AssignmentCounts, 'hash'>;

/**
 * Assigns a package to one or many people, and brings back former members with the package's current values.
 * Permissions without conflict are written at once; conflicts follow the choices; active members are left as they are;
 * for a founder the membership alone is recorded (DOMAIN 4, Assign and Re-assign). Needs `assign_packages`.
 * @throws EngineError `nobody_chosen`, `package_not_found`, `package_disabled`, `person_left`, `end_in_the_past`,
 *   `plan_changed`.
 */
export async function assignPackage(
  context: EngineContext,
  command: AssignPackageCommand,
): Promise<OperationDone<AssignmentOutcome>> {
  const { organizationId } = command.actor;
  const { number, userIds, until = null } = command;
  const done = await runOperation(
    context,
    { kind: 'assign_package', needs: 'assign_packages', command, packageNumber: number },
    async (transaction, { id, actor, at, approvedBy }) => {
      if (userIds.length === 0) throw new EngineError('nobody_chosen', {});
      const pack = await getPackage(transaction, organizationId, number);
      if (pack.state === 'disabled') throw new EngineError('package_disabled', { number, name: pack.name });
      await refuseLeft(transaction, organizationId, userIds);
      const end = await endFor(transaction, actor, until, at);
      const snapshot = { ...(await takeSnapshot(transaction, actor, approvedBy, pack)), until };
      const target = { organizationId, packageNumber: number, userIds };
      const formerEnds = await selectFormerEnds(transaction, target);
      const { hash, ...outcome } = await writeAssignment(transaction, target, command.choices, id, end);
      requirePlan(context, hash, command.planHash);
      return {
        packageNumber: number,
        // For a time is another plan
        planHash: until === null ? hash : hashOf({ cells: hash, until }),
        snapshot: { ...snapshot, ...(formerEnds.length > 0 && { formerEnds }) },
        outcome,
        audit: {
          subject: { package: number, people: outcome.assigned + outcome.reassigned },
          before: null,
          after: {
            ...outcome,
            ...(end && { ends: end.at.toISOString() }),
            permissions: snapshot.permissions.map(({ id: permission, value, param }) => ({ permission, value, param })),
          },
        },
        messages: [
          { kind: 'assignment_report', payload: {} },
          { kind: 'access_changed', payload: { audience: 'changed' } },
        ],
      };
    },
  );
  if (!done.repeated && !context.within)
    refreshStatistics(context.database, done.outcome.written + done.outcome.keptPackage);
  return done;
}

async function takeSnapshot(
  transaction: Transaction,
  actor: Actor,
  approvedBy: readonly Named[],
  { number, name, description }: PackageRecord,
): Promise<Omit<AssignmentSnapshot, 'until'>> {
  const { organizationId } = actor;
  const { name: organizationName, locale, timeZone } = await getOrganization(transaction, organizationId);
  const structures = await selectPackageStructures(transaction, organizationId, number);
  const live = (await selectPackagePermissions(transaction, organizationId, number)).filter((each) => each.live);
  const codes = new Set(live.flatMap(({ param }) => (param === ALL_STRUCTURES ? [] : parameterCodes(param))));
  const named = await findStructures(transaction, organizationId, [...codes]);
  return {
    organization: { name: organizationName, locale, timeZone },
    package: {
      number,
      name,
      description,
      structures: structures.map(({ code, name: title }) => ({ code, name: title })),
    },
    assignedBy: { code: actor.code, name: actor.name },
    approvedBy: [...approvedBy],
    permissions: live.map((each) => ({
      id: each.permissionId,
      application: each.applicationName,
      name: each.name,
      main: each.main,
      value: each.value,
      param: each.param,
      structured: each.scope === 'structures',
    })),
    structureNames: Object.fromEntries(named.map(({ code, name: title }) => [code, title])),
    lackingMain: await selectApplicationsLackingMain(transaction, organizationId, number),
  };
}
