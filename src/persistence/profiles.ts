import { z } from 'zod';
import { hasWords } from '../engine/core/searchText.ts';
import { type Application, CatalogPermission } from './catalog.ts';
import { BRIEF, type Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Profile = z.object({ id: z.number(), name: z.string(), applicationId: z.number(), applicationName: z.string() });

/** A named set of permissions of one application. */
export type Profile = z.infer<typeof Profile>;

/** The profiles of the organization, of one application where one is asked for, by application and name. */
async function selectAll(
  queryable: Queryable,
  organizationId: number,
  applicationId: number | null,
): Promise<Profile[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT f.id, f.name, f.application_id AS "applicationId", a.name AS "applicationName"
    FROM profiles f JOIN applications a ON a.organization_id = f.organization_id AND a.id = f.application_id
    WHERE f.organization_id = ${organizationId}::int
      AND (${applicationId}::int IS NULL OR f.application_id = ${applicationId}::int)
    ORDER BY a.name, a.id, f.name, f.id`;
  return z.array(Profile).parse(rows);
}

/** A profile as lists show it. */
export interface ProfileSummary extends Profile {
  permissions: number;
  people: number;
}

const Count = z.object({ id: z.number(), permissions: z.number(), people: z.number() });

/** One page of the profiles whose name or application has every word typed; people are counted for the page alone. */
export async function selectProfiles(
  queryable: Queryable,
  organizationId: number,
  { text, applicationId, offset, limit }: ProfilesPage,
): Promise<{ profiles: ProfileSummary[]; total: number }> {
  const all = await selectAll(queryable, organizationId, applicationId);
  const found = all.filter(({ name, applicationName }) => hasWords(text, name, applicationName));
  const page = found.slice(offset, offset + limit);
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT f.id,
           (SELECT count(*)::int FROM profile_permissions pp
            WHERE pp.organization_id = f.organization_id AND pp.profile_id = f.id) AS permissions,
           (SELECT count(*)::int FROM profile_users pu
            WHERE pu.organization_id = f.organization_id AND pu.profile_id = f.id) AS people
    FROM profiles f
    WHERE f.organization_id = ${organizationId}::int AND f.id = ANY (${idArray(page.map(({ id }) => id))})`;
  const counts = new Map(
    z
      .array(Count)
      .parse(rows)
      .map((count) => [count.id, count]),
  );
  const profiles = page.map((profile) => ({ permissions: 0, people: 0, ...counts.get(profile.id), ...profile }));
  return { profiles, total: found.length };
}

interface ProfilesPage {
  text: string;
  applicationId: number | null;
  offset: number;
  limit: number;
}

/** One profile of the organization; null where it has none of this id. */
export async function findProfile(queryable: Queryable, organizationId: number, id: number): Promise<Profile | null> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT f.id, f.name, f.application_id AS "applicationId", a.name AS "applicationName"
    FROM profiles f JOIN applications a ON a.organization_id = f.organization_id AND a.id = f.application_id
    WHERE f.organization_id = ${organizationId}::int AND f.id = ${id}::int`;
  return z.array(Profile).parse(rows)[0] ?? null;
}

/** The profile of an application that has a name already, whatever its case; null where none has. */
export async function findProfileByName(
  queryable: Queryable,
  organizationId: number,
  applicationId: number,
  name: string,
): Promise<{ id: number } | null> {
  return queryable.profile.findFirst({
    where: { organizationId, applicationId, name: { equals: name.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } },
    select: { id: true },
  });
}

const ProfilePermission = CatalogPermission.extend({ value: z.string(), param: z.string() });

/** A permission as a profile gives it. */
export type ProfilePermission = z.infer<typeof ProfilePermission>;

/** What a profile gives, MAIN first. */
export async function selectProfilePermissions(
  queryable: Queryable,
  organizationId: number,
  profileId: number,
): Promise<ProfilePermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT p.id, p.application_id AS "applicationId", a.name AS "applicationName", p.key, p.name, p.is_main AS main,
           p.levels, p.scope, p.retired_at IS NOT NULL AS retired, pp.value, pp.param
    FROM profile_permissions pp
    JOIN permissions p ON p.organization_id = pp.organization_id AND p.id = pp.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE pp.organization_id = ${organizationId}::int AND pp.profile_id = ${profileId}::int
    ORDER BY p.is_main DESC, p.name, p.id`;
  return z.array(ProfilePermission).parse(rows);
}

/** Removes a profile, with what it gives and to whom. */
export async function deleteProfile(queryable: Queryable, organizationId: number, profileId: number): Promise<void> {
  await queryable.profileUser.deleteMany({ where: { organizationId, profileId } });
  await queryable.profilePermission.deleteMany({ where: { organizationId, profileId } });
  await queryable.profile.delete({ where: { organizationId_id: { organizationId, id: profileId } } });
}

/**
 * Applications that can have profiles, by name: those with more than one permission that is not retired. An application
 * with exactly one is in Simple App Mode (DOMAIN 1), and one with none has nothing that a profile could give.
 */
export async function selectProfileApplications(queryable: Queryable, organizationId: number): Promise<Application[]> {
  return queryable.$queryRaw<Application[]>`
    ${BRIEF} SELECT a.id, a.key, a.name FROM applications a
    WHERE a.organization_id = ${organizationId}::int AND a.retired_at IS NULL AND (
      SELECT count(*) FROM permissions p
      WHERE p.organization_id = a.organization_id AND p.application_id = a.id AND p.retired_at IS NULL
    ) > 1
    ORDER BY a.name, a.key`;
}
