import type { Queryable, Transaction } from '../../persistence/database.ts';
import { type Profile, type ProfilePermission, selectProfilePermissions } from '../../persistence/profiles.ts';
import type { SourceChangeOf } from '../core/sourceChange.ts';
import { EngineError } from '../errors.ts';
import { getParameter, permissionLabel } from './permissionParameter.ts';
import { aboutOf, type PlannedSource } from './plannedSource.ts';
import { getPermissionOf, getProfile, recordedPermissions, requireFreeName } from './planProfile.ts';

type Edit = SourceChangeOf<'edit_profile'>['edit'];
type EditOf<W extends Edit['what']> = Extract<Edit, { what: W }>;

/** A profile that is being edited, as it stands. */
interface Edited {
  organizationId: number;
  profile: Profile;
  permissions: ProfilePermission[];
}

/**
 * Another name for a profile, or another permission, value or parameter, or a permission less.
 * @throws EngineError `profile_not_found`, `name_taken`, `nothing_changed`, `permission_not_found`,
 *   `permission_of_other_application`, `permission_not_in_profile`, and what `getParameter` refuses.
 */
export async function planEditProfile(
  queryable: Queryable,
  organizationId: number,
  { profileId, edit }: SourceChangeOf<'edit_profile'>,
): Promise<PlannedSource> {
  const profile = await getProfile(queryable, organizationId, profileId);
  const permissions = await selectProfilePermissions(queryable, organizationId, profileId);
  const edited = { organizationId, profile, permissions };
  switch (edit.what) {
    case 'rename':
      return planRename(queryable, edited, edit);
    case 'set':
      return planSet(queryable, edited, edit);
    case 'remove':
      return planRemove(queryable, edited, edit);
    default:
      return edit satisfies never;
  }
}

async function planRename(
  queryable: Queryable,
  { organizationId, profile, permissions }: Edited,
  { name }: EditOf<'rename'>,
): Promise<PlannedSource> {
  const { id, applicationId } = profile;
  if (name === profile.name) throw new EngineError('nothing_changed', {});
  await requireFreeName(queryable, organizationId, { applicationId, name, id });
  return {
    ...common(profile),
    about: aboutOf(profile.name, { application: profile.applicationName, renamed: name }),
    // Of two profiles that give the same level the first by name wins, and with it its structures
    scope: { audiences: [{ profileId: id }], permissionIds: permissions.map((permission) => permission.id) },
    before: { name: profile.name },
    after: { name },
    async write(transaction) {
      await transaction.profile.update({ where: keyOf(organizationId, id), data: { name } });
      return id;
    },
  };
}

async function planSet(
  queryable: Queryable,
  { organizationId, profile, permissions }: Edited,
  wanted: EditOf<'set'>,
): Promise<PlannedSource> {
  const { permissionId, value } = wanted;
  const profileId = profile.id;
  const permission = await getPermissionOf(queryable, organizationId, profile, permissionId);
  const param = await getParameter(queryable, organizationId, permission, wanted);
  const held = permissions.find(({ id }) => id === permissionId) ?? null;
  if (held?.value === value && held.param === param) throw new EngineError('nothing_changed', {});
  const before = held && { value: held.value, param: held.param };
  const after = { value, param };
  const others = permissions.filter(({ id }) => id !== permissionId);
  return {
    ...common(profile),
    about: aboutOf(profile.name, {
      application: profile.applicationName,
      permission: { ...nameOf(permission), before, after },
    }),
    scope: { audiences: [{ profileId }], permissionIds: [permissionId] },
    before: { permissions: recordedPermissions(permissions) },
    after: { permissions: recordedPermissions([...others, { ...permission, ...after }]) },
    async write(transaction: Transaction) {
      const key = { organizationId, profileId, permissionId };
      await transaction.profilePermission.upsert({
        where: { organizationId_profileId_permissionId: key },
        create: { ...key, ...after },
        update: after,
      });
      return profileId;
    },
  };
}

async function planRemove(
  queryable: Queryable,
  { organizationId, profile, permissions }: Edited,
  { permissionId }: EditOf<'remove'>,
): Promise<PlannedSource> {
  const profileId = profile.id;
  const held = permissions.find(({ id }) => id === permissionId);
  if (!held) {
    const permission = await getPermissionOf(queryable, organizationId, profile, permissionId);
    throw new EngineError('permission_not_in_profile', {
      permission: permissionLabel(permission),
      profile: profile.name,
    });
  }
  const before = { value: held.value, param: held.param };
  return {
    ...common(profile),
    about: aboutOf(profile.name, {
      application: profile.applicationName,
      permission: { ...nameOf(held), before, after: null },
    }),
    scope: { audiences: [{ profileId }], permissionIds: [permissionId] },
    before: { permissions: recordedPermissions(permissions) },
    after: { permissions: recordedPermissions(permissions.filter(({ id }) => id !== permissionId)) },
    async write(transaction: Transaction) {
      const key = { organizationId, profileId, permissionId };
      await transaction.profilePermission.delete({ where: { organizationId_profileId_permissionId: key } });
      return profileId;
    },
  };
}

function common({ name, applicationName }: Profile) {
  return { subject: { profile: name, application: applicationName } };
}

function nameOf({ applicationName, name, main }: { applicationName: string; name: string; main: boolean }) {
  return { applicationName, name, main };
}

function keyOf(organizationId: number, id: number) {
  return { organizationId_id: { organizationId, id } };
}
