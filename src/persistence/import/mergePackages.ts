import type pg from 'pg';
import { merge, mergeOwnedList } from './merge.ts';
import { countsOf, countsOfOwners, type ImportSections } from './summary.ts';

type PackageSections = Pick<ImportSections, 'packages' | 'packagePermissions' | 'assignments'>;

/** Packages with their reference structures, permissions, members and former members. */
export async function mergePackages(
  client: pg.ClientBase,
  organizationId: number,
  total: number,
): Promise<PackageSections> {
  const packages = await merge(client, organizationId, {
    table: 'packages',
    key: ['number'],
    columns: ['name', 'description', 'state', 'search_text'],
    from: 'SELECT number, name, description, state, search_text FROM import_packages',
    returning: 'number',
  });
  const placed = await mergeOwnedList(client, organizationId, {
    table: 'package_structures',
    key: ['package_number', 'structure_id'],
    columns: [],
    from: `SELECT k.number AS package_number, s.id AS structure_id
           FROM import_package_structures p
           JOIN import_packages k ON k.i = p.i
           JOIN import_structure_ids s ON s.code = p.structure`,
    owner: 'package_number',
    owners: 'SELECT number FROM import_packages',
  });
  const permissions = await merge(client, organizationId, {
    table: 'package_permissions',
    key: ['package_number', 'permission_id'],
    columns: ['value', 'param', 'live'],
    from: `SELECT k.number AS package_number, i.id AS permission_id, p.value, p.param, p.live
           FROM import_package_permissions p
           JOIN import_packages k ON k.i = p.i
           JOIN import_permission_ids i ON i.application = p.application AND i.key = p.permission`,
  });
  const assignments = await merge(client, organizationId, {
    table: 'assignments',
    key: ['package_number', 'user_id'],
    columns: ['state'],
    from: `SELECT k.number AS package_number, u.id AS user_id, m.state
           FROM import_members m
           JOIN import_packages k ON k.i = m.i
           JOIN import_user_ids u ON u.code = m.user_code`,
    besides: { operation_id: 'NULL' },
  });
  const rowsOf = async (table: string) =>
    Number((await client.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${table}`)).rows[0]?.rows);
  return {
    packages: countsOfOwners(total, packages.createdIds, packages.changedIds, placed),
    packagePermissions: countsOf(await rowsOf('import_package_permissions'), permissions.created, permissions.changed),
    assignments: countsOf(await rowsOf('import_members'), assignments.created, assignments.changed),
  };
}
