import type pg from 'pg';
import { merge, mergeOwnedList } from './merge.ts';
import { countsOf, countsOfOwners, type ImportSections } from './summary.ts';

/**
 * Applications and their permissions. What is listed and was retired comes back: a file that lists it says that it is
 * used.
 */
export async function mergeApplications(
  client: pg.ClientBase,
  organizationId: number,
  total: number,
): Promise<Pick<ImportSections, 'applications' | 'permissions'>> {
  const applications = await merge(client, organizationId, {
    table: 'applications',
    key: ['id'],
    columns: ['key', 'name', 'retired_at'],
    from: `SELECT k.id, a.key, a.name, NULL::timestamptz AS retired_at
           FROM import_applications a JOIN import_application_ids k ON k.i = a.i`,
  });
  // Another MAIN than before: the old one, listed or not, makes room first
  const demoted = await client.query<{ id: number }>(
    `UPDATE permissions t SET is_main = false
     FROM import_application_ids a
     JOIN import_permissions s ON s.i = a.i AND s.is_main
     JOIN import_permission_ids k ON k.i = s.i AND k.j = s.j
     WHERE t.organization_id = $1::int AND t.application_id = a.id AND t.is_main AND t.id <> k.id
     RETURNING t.id`,
    [organizationId],
  );
  const permissions = await merge(client, organizationId, {
    table: 'permissions',
    key: ['id'],
    columns: ['application_id', 'key', 'name', 'is_main', 'levels', 'scope', 'retired_at'],
    from: `SELECT k.id, a.id AS application_id, p.key, p.name, p.is_main, p.levels, p.scope,
                  NULL::timestamptz AS retired_at
           FROM import_permissions p
           JOIN import_permission_ids k ON k.i = p.i AND k.j = p.j
           JOIN import_application_ids a ON a.i = p.i`,
    returning: 'id',
  });
  // In an application that came back, what stays retired is no entry: nobody can be given it
  await client.query(
    `UPDATE permissions t SET is_main = false
     FROM import_application_ids a
     WHERE t.organization_id = $1::int AND t.application_id = a.id AND t.is_main AND t.retired_at IS NOT NULL`,
    [organizationId],
  );
  const { rows } = await client.query<{ id: number }>('SELECT id FROM import_permission_ids');
  const listed = new Set(rows.map(({ id }) => id));
  const demotedIds = demoted.rows.map(({ id }) => id).filter((id) => listed.has(id));
  return {
    applications: countsOf(total, applications.created, applications.changed),
    permissions: countsOfOwners(listed.size, permissions.createdIds, permissions.changedIds, demotedIds),
  };
}

/** Profiles with what they give and to whom, and rules. */
export async function mergeGrants(
  client: pg.ClientBase,
  organizationId: number,
  totals: { profiles: number; rules: number },
): Promise<Pick<ImportSections, 'profiles' | 'rules'>> {
  const profiles = await merge(client, organizationId, {
    table: 'profiles',
    key: ['id'],
    columns: ['application_id', 'name'],
    from: `SELECT k.id, a.id AS application_id, k.name
           FROM import_profile_ids k JOIN import_application_ids a ON a.key = k.application`,
    returning: 'id',
  });
  const owned = { owner: 'profile_id', owners: 'SELECT id FROM import_profile_ids' };
  const regranted = await mergeOwnedList(client, organizationId, {
    ...owned,
    table: 'profile_permissions',
    key: ['profile_id', 'permission_id'],
    columns: ['value', 'param'],
    from: `SELECT f.id AS profile_id, k.id AS permission_id, p.value, p.param
           FROM import_profile_permissions p
           JOIN import_profile_ids f ON f.i = p.i
           JOIN import_permission_ids k ON k.application = p.application AND k.key = p.permission`,
  });
  const reassigned = await mergeOwnedList(client, organizationId, {
    ...owned,
    table: 'profile_users',
    key: ['profile_id', 'user_id'],
    columns: [],
    from: `SELECT f.id AS profile_id, u.id AS user_id
           FROM import_profile_users p
           JOIN import_profile_ids f ON f.i = p.i
           JOIN import_user_ids u ON u.code = p.user_code`,
  });
  const rules = await merge(client, organizationId, {
    table: 'rules',
    key: ['id'],
    columns: ['name', 'group_id', 'structure_id', 'permission_id', 'value', 'param'],
    from: `SELECT k.id, r.name, g.id AS group_id, s.id AS structure_id, p.id AS permission_id, r.value, r.param
           FROM import_rules r
           JOIN import_rule_ids k ON k.name = r.name
           LEFT JOIN import_group_ids g ON g.code = r.group_code
           LEFT JOIN import_structure_ids s ON s.code = r.structure
           JOIN import_permission_ids p ON p.application = r.application AND p.key = r.permission`,
  });
  return {
    profiles: countsOfOwners(totals.profiles, profiles.createdIds, regranted, reassigned),
    rules: countsOf(totals.rules, rules.created, rules.changed),
  };
}
