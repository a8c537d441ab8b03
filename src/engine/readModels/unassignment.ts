import { selectPackagePermissions } from '../../persistence/packages.ts';
import { countUnassignment, type UnassignmentCounts } from '../../persistence/unassignCells.ts';
import { type ClaimedRow, type StayingRow, selectUnassignmentNotes } from '../../persistence/unassignNotes.ts';
import { countUnassignmentOptions, type UnassignmentOptions } from '../../persistence/unassignOptions.ts';
import { type Person, selectUsers } from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import type { PackagePermission } from './packages.ts';
import { requireMay } from './requireMay.ts';

/** Rows of each kind that a confirmation names; the rest are counted. */
const NAMED = 15;

type Named<Row> = Row & { permission: PackagePermission };

/** What removing assignments would do. */
export interface UnassignmentPreview {
  package: PackageRecord;
  /** The person, where it is about one alone. */
  person: Person | null;
  counts: UnassignmentCounts;
  options: UnassignmentOptions;
  staying: Named<StayingRow>[];
  claimed: Named<ClaimedRow>[];
}

/**
 * The confirmation of Remove Package Assignment, for one or many members. Needs `assign_packages`.
 * @throws EngineError `package_not_found`, `assignment_not_found` where nobody chosen is an active member.
 */
export async function previewUnassignment(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
  userIds: readonly number[],
): Promise<UnassignmentPreview> {
  requireMay(actor, 'assign_packages');
  const { organizationId } = actor;
  const target = { organizationId, packageNumber: number, userIds };
  const pack = await getPackage(prisma, organizationId, number);
  const [person] = userIds.length === 1 ? await selectUsers(prisma, organizationId, userIds) : [];
  const counts = await countUnassignment(prisma, target);
  if (counts.people === 0) throw new EngineError('assignment_not_found', { user: person?.name ?? '?', number });
  const options = await countUnassignmentOptions(prisma, target);
  const notes = await selectUnassignmentNotes(prisma, target, NAMED);
  const permissions = await selectPackagePermissions(prisma, organizationId, number);
  const byId = new Map(permissions.map((permission) => [permission.permissionId, permission]));
  const named = <Row extends { permissionId: number }>(rows: readonly Row[]) =>
    rows.flatMap((row): Named<Row>[] => {
      const permission = byId.get(row.permissionId);
      return permission ? [{ ...row, permission }] : [];
    });
  const listed = { staying: named(notes.staying), claimed: named(notes.claimed) };
  return { package: pack, person: person ?? null, counts, options, ...listed };
}
