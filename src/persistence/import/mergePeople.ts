import type pg from 'pg';
import { merge, mergeOwnedList } from './merge.ts';
import { countsOf, countsOfOwners, type ImportCounts, type ImportSections } from './summary.ts';

/** Structures, users and groups. `totals` tells how many the file lists, and when it is imported. */
export async function mergePeople(
  client: pg.ClientBase,
  organizationId: number,
  totals: { structures: number; users: number; groups: number; at: Date },
): Promise<Pick<ImportSections, 'structures' | 'users' | 'groups'>> {
  return {
    structures: await mergeStructures(client, organizationId, totals.structures),
    users: await mergeUsers(client, organizationId, totals.users, totals.at),
    groups: await mergeGroups(client, organizationId, totals.groups),
  };
}

/** A listed structure that was retired comes back. */
async function mergeStructures(client: pg.ClientBase, organizationId: number, total: number): Promise<ImportCounts> {
  const merged = await merge(client, organizationId, {
    table: 'structures',
    key: ['id'],
    columns: ['code', 'name', 'parent_id', 'search_text', 'retired_at'],
    from: `SELECT k.id, s.code, s.name, parent.id AS parent_id, s.search_text, NULL::timestamptz AS retired_at
           FROM import_structures s
           JOIN import_structure_ids k ON k.code = s.code
           LEFT JOIN import_structure_ids parent ON parent.code = s.parent`,
    besides: { path: `'{}'` },
  });
  // All of the organization's, since a structure that the file does not list may hang below one that moved
  await client.query(
    `WITH RECURSIVE below AS (
       SELECT id, ARRAY[id] AS path FROM structures WHERE organization_id = $1::int AND parent_id IS NULL
       UNION ALL
       SELECT s.id, below.path || s.id
       FROM below JOIN structures s ON s.organization_id = $1::int AND s.parent_id = below.id
     )
     UPDATE structures t SET path = below.path FROM below
     WHERE t.organization_id = $1::int AND t.id = below.id AND t.path <> below.path`,
    [organizationId],
  );
  return countsOf(total, merged.created, merged.changed);
}

async function mergeUsers(
  client: pg.ClientBase,
  organizationId: number,
  total: number,
  at: Date,
): Promise<ImportCounts> {
  // A Slack id that goes from one person to another is free before it is given: uniqueness is checked row by row.
  // What stands in meanwhile differs from what every file can say, so that the person still counts as changed.
  await client.query(
    `UPDATE users t SET slack_user_id = '-' || t.id
     FROM import_users s
     WHERE t.organization_id = $1::int AND t.code = s.code AND t.slack_user_id IS DISTINCT FROM s.slack_user_id
       AND t.slack_user_id IN (SELECT slack_user_id FROM import_users)`,
    [organizationId],
  );
  // A file that says nothing of having left leaves the mark as it is
  const merged = await merge(client, organizationId, {
    table: 'users',
    key: ['id'],
    columns: [
      'code',
      'name',
      'email',
      'slack_user_id',
      'structure_id',
      'founder',
      'search_text',
      'left_at',
      'left_because',
    ],
    from: `SELECT k.id, u.code, u.name, u.email, u.slack_user_id, s.id AS structure_id, u.founder, u.search_text,
                  CASE WHEN u.has_left OR (u.has_left IS NULL AND t.left_at IS NOT NULL)
                    THEN coalesce(t.left_at, '${at.toISOString()}'::timestamptz) END AS left_at,
                  CASE WHEN u.has_left OR (u.has_left IS NULL AND t.left_at IS NOT NULL)
                    THEN coalesce(t.left_because, 'import') END AS left_because
           FROM import_users u
           JOIN import_user_ids k ON k.code = u.code
           JOIN import_structure_ids s ON s.code = u.structure
           LEFT JOIN users t ON t.organization_id = $1::int AND t.id = k.id`,
  });
  return countsOf(total, merged.created, merged.changed);
}

async function mergeGroups(client: pg.ClientBase, organizationId: number, total: number): Promise<ImportCounts> {
  const { createdIds, changedIds } = await merge(client, organizationId, {
    table: 'groups',
    key: ['id'],
    columns: ['code', 'name'],
    from: 'SELECT k.id, g.code, g.name FROM import_groups g JOIN import_group_ids k ON k.i = g.i',
    returning: 'id',
  });
  const regrouped = await mergeOwnedList(client, organizationId, {
    table: 'group_members',
    key: ['group_id', 'user_id'],
    columns: [],
    from: `SELECT g.id AS group_id, u.id AS user_id
           FROM import_group_members m
           JOIN import_group_ids g ON g.i = m.i
           JOIN import_user_ids u ON u.code = m.user_code`,
    owner: 'group_id',
    owners: 'SELECT id FROM import_group_ids',
  });
  return countsOfOwners(total, createdIds, changedIds, regrouped);
}
