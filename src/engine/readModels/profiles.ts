import type { Application } from '../../persistence/catalog.ts';
import {
  type Profile,
  type ProfilePermission,
  type ProfileSummary,
  selectProfileApplications,
  selectProfilePermissions,
  selectProfiles,
} from '../../persistence/profiles.ts';
import { type SourceMember, selectSourceMembers } from '../../persistence/sourceMembers.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { hasWords } from '../core/searchText.ts';
import { getProfile } from '../operations/planProfile.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { Profile, ProfilePermission, ProfileSummary, SourceMember };

/**
 * One page of the profiles, of one application where one is asked for, filtered by name and application. Needs `view`.
 */
export async function listProfiles(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: { text: string; applicationId: number | null; offset: number; limit: number },
): Promise<{ profiles: ProfileSummary[]; total: number }> {
  requireMay(actor, 'view');
  return selectProfiles(prisma, actor.organizationId, page);
}

/** A profile with what it gives. */
export interface ProfileView {
  profile: Profile;
  permissions: ProfilePermission[];
  people: number;
  /** The application's MAIN permission, where the profile gives others but not that one. */
  lacksMain: string | null;
}

/** A profile with what it gives and the MAIN lint. Needs `view`. @throws EngineError `profile_not_found`. */
export async function showProfile(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  profileId: number,
): Promise<ProfileView> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const profile = await getProfile(prisma, organizationId, profileId);
  const permissions = await selectProfilePermissions(prisma, organizationId, profileId);
  const people = await prisma.profileUser.count({ where: { organizationId, profileId } });
  const needsMain = permissions.length > 0 && !permissions.some(({ main }) => main);
  const { applicationId } = profile;
  const main = needsMain
    ? await prisma.permission.findFirst({ where: { organizationId, applicationId, isMain: true, retiredAt: null } })
    : null;
  return { profile, permissions, people, lacksMain: main?.name ?? null };
}

/** One page of the people who have a profile. Needs `view`. */
export async function listProfilePeople(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  profileId: number,
  page: { text: string; offset: number; limit: number },
): Promise<{ members: SourceMember[]; total: number }> {
  requireMay(actor, 'view');
  return selectSourceMembers(prisma, actor.organizationId, { kind: 'profile', id: profileId }, page);
}

/** Applications that can have profiles: those that are not in Simple App Mode. Needs `view`. */
export async function profileApplications(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  text = '',
): Promise<Application[]> {
  requireMay(actor, 'view');
  const all = await selectProfileApplications(prisma, actor.organizationId);
  return all.filter(({ key, name }) => hasWords(text, key, name));
}

/**
 * Whether the organization has a Profiles screen at all: where every application is in Simple App Mode, and no profile
 * is left from before, there is nothing that it could show.
 */
export async function offersProfiles(
  { database: { prisma } }: EngineContext,
  { organizationId }: Pick<Actor, 'organizationId'>,
): Promise<boolean> {
  if ((await selectProfileApplications(prisma, organizationId)).length > 0) return true;
  return (await prisma.profile.count({ where: { organizationId } })) > 0;
}
