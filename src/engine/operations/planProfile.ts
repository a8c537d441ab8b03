import { findApplication, findPermission } from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import {
  deleteProfile,
  findProfile,
  findProfileByName,
  type Profile,
  type ProfilePermission,
  selectProfileApplications,
  selectProfilePermissions,
} from '../../persistence/profiles.ts';
import { changeSourceMembers, selectChosenForSource } from '../../persistence/sourceMembers.ts';
import type { Json } from '../core/canonicalJson.ts';
import type { SourceChangeOf } from '../core/sourceChange.ts';
import { EngineError } from '../errors.ts';
import { permissionLabel } from './permissionParameter.ts';
import { aboutOf, NOBODY, type PlannedSource } from './plannedSource.ts';

/** A profile of the organization. @throws EngineError `profile_not_found`. */
export async function getProfile(queryable: Queryable, organizationId: number, profileId: number): Promise<Profile> {
  const profile = await findProfile(queryable, organizationId, profileId);
  if (!profile) throw new EngineError('profile_not_found', {});
  return profile;
}

/** @throws EngineError `name_taken` where another profile of the application has the name, whatever its case. */
export async function requireFreeName(
  queryable: Queryable,
  organizationId: number,
  { applicationId, name, id }: { applicationId: number; name: string; id?: number },
): Promise<void> {
  const found = await findProfileByName(queryable, organizationId, applicationId, name);
  if (found && found.id !== id) throw new EngineError('name_taken', { name });
}

/** An empty profile. @throws EngineError `application_not_found`, `application_simple`, `name_taken`. */
export async function planCreateProfile(
  queryable: Queryable,
  organizationId: number,
  { applicationId, name }: SourceChangeOf<'create_profile'>,
): Promise<PlannedSource> {
  const application = await findApplication(queryable, organizationId, applicationId);
  if (!application) throw new EngineError('application_not_found', {});
  const offered = await selectProfileApplications(queryable, organizationId);
  if (!offered.some(({ id }) => id === applicationId)) {
    throw new EngineError('application_simple', { application: application.name });
  }
  await requireFreeName(queryable, organizationId, { applicationId, name });
  return {
    about: aboutOf(name, { application: application.name }),
    scope: NOBODY,
    subject: { profile: name, application: application.name },
    before: null,
    after: { name, permissions: [] },
    async write(transaction) {
      return (await transaction.profile.create({ data: { organizationId, applicationId, name } })).id;
    },
  };
}

/** A profile as audit records tell it. */
export function recordedPermissions(permissions: readonly ProfilePermission[]): Json {
  return permissions.map((permission) => ({
    permission: permissionLabel(permission),
    value: permission.value,
    param: permission.param,
  }));
}

/** The whole profile goes, whoever has it. @throws EngineError `profile_not_found`. */
export async function planDeleteProfile(
  queryable: Queryable,
  organizationId: number,
  { profileId }: SourceChangeOf<'delete_profile'>,
): Promise<PlannedSource> {
  const { name, applicationName } = await getProfile(queryable, organizationId, profileId);
  const permissions = await selectProfilePermissions(queryable, organizationId, profileId);
  const people = await queryable.profileUser.count({ where: { organizationId, profileId } });
  return {
    about: aboutOf(name, { application: applicationName, leaving: people }),
    scope: { audiences: [{ profileId }], permissionIds: permissions.map(({ id }) => id) },
    subject: { profile: name, application: applicationName },
    before: { name, permissions: recordedPermissions(permissions), people },
    after: null,
    async write(transaction) {
      await deleteProfile(transaction, organizationId, profileId);
      return profileId;
    },
  };
}

/**
 * The profile for people who do not have it, or its end for people who do; who has it already, or does not, is left as
 * they are.
 * @throws EngineError `profile_not_found`, `nobody_chosen`, `user_not_found` for anybody of elsewhere,
 *   `nothing_changed`.
 */
export async function planProfilePeople(
  queryable: Queryable,
  organizationId: number,
  { kind, profileId, userIds }: SourceChangeOf<'assign_profile' | 'unassign_profile'>,
): Promise<PlannedSource> {
  const { name, applicationName } = await getProfile(queryable, organizationId, profileId);
  const profile = { kind: 'profile', id: profileId } as const;
  const chosen = await selectChosenForSource(queryable, organizationId, profile, userIds);
  if (userIds.length === 0) throw new EngineError('nobody_chosen', {});
  if (chosen.length < new Set(userIds).size) throw new EngineError('user_not_found', { wanted: '?' });
  const assigns = kind === 'assign_profile';
  const moving = chosen.filter(({ member }) => member !== assigns);
  if (moving.length === 0) throw new EngineError('nothing_changed', {});
  const ids = moving.map(({ userId }) => userId);
  const codes = moving.map(({ code }) => code);
  const permissions = await selectProfilePermissions(queryable, organizationId, profileId);
  return {
    about: aboutOf(name, {
      application: applicationName,
      ...(assigns ? { joining: ids.length } : { leaving: ids.length }),
      already: chosen.length - ids.length,
    }),
    scope: { audiences: [{ userIds: ids }], permissionIds: permissions.map(({ id }) => id) },
    subject: { profile: name, application: applicationName },
    before: assigns ? null : { people: codes },
    after: assigns ? { people: codes, permissions: recordedPermissions(permissions) } : null,
    async write(transaction) {
      const change = assigns ? { join: ids, leave: [] } : { join: [], leave: ids };
      await changeSourceMembers(transaction, organizationId, profile, change);
      return profileId;
    },
  };
}

/**
 * A permission of the profile's own application.
 * @throws EngineError `permission_not_found`, `permission_of_other_application`.
 */
export async function getPermissionOf(queryable: Queryable, organizationId: number, profile: Profile, id: number) {
  const permission = await findPermission(queryable, organizationId, id);
  if (!permission) throw new EngineError('permission_not_found', { wanted: String(id) });
  if (permission.applicationId !== profile.applicationId) {
    const details = { permission: permissionLabel(permission), application: profile.applicationName };
    throw new EngineError('permission_of_other_application', details);
  }
  return permission;
}
