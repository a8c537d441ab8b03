import { selectUnusableApplications } from '../../persistence/access.ts';
import { selectPackagePermissions } from '../../persistence/packages.ts';
import { selectFacts } from '../../persistence/statuses.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { classifyStatus, type Status, type StatusFacts } from '../core/status.ts';
import { EngineError } from '../errors.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import type { PackagePermission } from './packages.ts';
import { requireMay } from './requireMay.ts';

/** One permission of a package, as one person has it. */
export interface PermissionStatus {
  permission: PackagePermission;
  facts: StatusFacts;
  status: Status;
  /** Who last wrote the person's row, and when; null where it was imported or there is none. */
  changed: { at: Date; by: string | null; bySlackId: string | null } | null;
}

export interface UserDetailsView {
  package: PackageRecord;
  person: Person;
  /** `none`: never a member. */
  assignment: 'active' | 'former' | 'none';
  /** When it ends by itself; null: never, or it has ended. */
  endsAt: Date | null;
  permissions: PermissionStatus[];
  /** Applications of the package that the person cannot open for want of MAIN. */
  unusable: { applicationName: string; mainName: string }[];
}

/** The live status of every permission of a package for one person, with why. Needs `view`. */
export async function userDetails(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  number: number,
  userId: number,
): Promise<UserDetailsView> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const pack = await getPackage(prisma, organizationId, number);
  const person = await findUser(prisma, organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  const permissions = await selectPackagePermissions(prisma, organizationId, number);
  const cells = await selectFacts(prisma, organizationId, number, [userId]);
  const byPermission = new Map(cells.map((cell) => [cell.permissionId, cell]));
  const applications = new Set(permissions.map(({ applicationId }) => applicationId));
  const unusable = await selectUnusableApplications(prisma, organizationId, userId);
  const membership = await prisma.assignment.findUnique({
    where: { organizationId_packageNumber_userId: { organizationId, packageNumber: number, userId } },
  });
  return {
    package: pack,
    person,
    assignment: membership?.state ?? 'none',
    endsAt: membership?.state === 'active' ? membership.endsAt : null,
    permissions: permissions.flatMap((permission) => {
      const cell = byPermission.get(permission.permissionId);
      return cell ? [{ permission, facts: cell.facts, status: classifyStatus(cell.facts), changed: cell.changed }] : [];
    }),
    unusable: unusable.filter(({ applicationId }) => applications.has(applicationId)),
  };
}
