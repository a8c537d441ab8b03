import { findMembership } from '../../persistence/assignmentEnds.ts';
import { getOrganization, type Organization } from '../../persistence/organizations.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getPackage, type PackageRecord } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';

/** A member of a package, and when the assignment ends by itself. */
export interface MemberEnd {
  package: PackageRecord;
  person: Person;
  endsAt: Date | null;
}

/**
 * When somebody's assignment ends. Of others it needs `assign_packages`.
 * @throws EngineError `package_not_found`, `user_not_found`, `assignment_not_found` where they are no active member.
 */
export async function memberEnd(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  { number, userId }: { number: number; userId: number },
): Promise<MemberEnd> {
  if (userId !== actor.userId && !mayDo(actor, 'assign_packages')) {
    throw new EngineError('not_allowed', { needs: 'assign_packages' });
  }
  const { organizationId } = actor;
  const pack = await getPackage(prisma, organizationId, number);
  const person = await findUser(prisma, organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  const membership = await findMembership(prisma, { organizationId, packageNumber: number, userId });
  if (membership?.state !== 'active') throw new EngineError('assignment_not_found', { user: person.name, number });
  return { package: pack, person, endsAt: membership.endsAt };
}

/** Somebody who is to be told that the end of an assignment is near. */
export interface ToldOfEnd {
  slackUserId: string;
  organization: Organization;
  package: PackageRecord;
  /** The one whose assignment it is, for whoever set its end; null for the member, and where they are several. */
  only: Person | null;
}

/** Whom to tell that an end is near; null where they cannot be reached, or where the member's end is another by now. */
export async function findToldOfEnd(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  {
    userId,
    number,
    endsAt,
    isMember,
    only,
  }: { userId: number; number: number; endsAt: Date; isMember: boolean; only: number | null },
): Promise<ToldOfEnd | null> {
  const person = await findUser(prisma, organizationId, { userId });
  if (!person?.slackUserId || person.leftAt) return null;
  if (isMember) {
    const membership = await findMembership(prisma, { organizationId, packageNumber: number, userId });
    if (membership?.state !== 'active' || membership.endsAt?.getTime() !== endsAt.getTime()) return null;
  }
  return {
    slackUserId: person.slackUserId,
    organization: await getOrganization(prisma, organizationId),
    only: only === null ? null : await findUser(prisma, organizationId, { userId: only }),
    package: await getPackage(prisma, organizationId, number),
  };
}
