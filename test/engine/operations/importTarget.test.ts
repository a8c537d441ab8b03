import { afterEach, beforeEach, expect, it } from 'vitest';
import { importOrganization } from '../../../src/engine/operations/importOrganization.ts';
import { bytesOf, IMPORTED_AT, importFile, problemsOf, validFile } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase();
});

afterEach(() => test.drop());

const TABLES = [
  ...['structures', 'users', 'groups', 'group_members', 'applications', 'permissions', 'packages', 'meta_permissions'],
  ...['package_structures', 'package_permissions', 'assignments', 'app_auth', 'profiles', 'profile_permissions'],
  ...['profile_users', 'rules', 'operations', 'audit_records'],
];

/** Everything that an organization has, with the versions of its rows. */
async function snapshot(organizationId: number): Promise<unknown[]> {
  const queries = TABLES.map((table) =>
    test.database.pool.query(`SELECT '${table}', xmin::text, t.* FROM ${table} t WHERE organization_id = $1`, [
      organizationId,
    ]),
  );
  const rows = (await Promise.all(queries)).map((result) => result.rows);
  expect(rows.every((of) => of.length > 0)).toBe(true);
  return rows;
}

it('finds the organization of a workspace by its team, and renames it', async () => {
  const first = await importFile(test.database, validFile(), 'T1');
  const file = validFile();
  file.organization.name = 'Port City';
  const second = await importFile(test.database, file, 'T1');
  expect(second.organizationId).toBe(first.organizationId);
  expect(second.sections.organization).toEqual({ created: 0, changed: 1, unchanged: 0 });
});

it('touches no other organization, even one of the same name and codes', async () => {
  const other = await importFile(test.database, validFile(), 'T1');
  const before = await snapshot(other.organizationId);
  const ours = await importFile(test.database, validFile());
  const changed = validFile();
  changed.users[1].name = 'Else';
  changed.authorizations[0].active = false;
  changed.groups[0].members = [];
  changed.profiles[0].permissions = [];
  changed.administrators[0].metaPermissions = [];
  changed.packages[0].structures = [];
  await importFile(test.database, changed);

  expect(ours.organizationId).not.toBe(other.organizationId);
  expect(ours.sections.users.created).toBe(4);
  expect(await snapshot(other.organizationId)).toEqual(before);
});

it('makes one organization of two imports at once', async () => {
  const summaries = await Promise.all([importFile(test.database, validFile()), importFile(test.database, validFile())]);
  expect(new Set(summaries.map(({ organizationId }) => organizationId)).size).toBe(1);
  expect(summaries.filter(({ operationId }) => operationId !== null)).toHaveLength(1);
});

it('refuses a Slack id of somebody whom the file does not list', async () => {
  await importFile(test.database, validFile());
  const file = validFile();
  file.users[3].slackUserId = 'U003';
  file.users.splice(2, 1);
  file.groups[0].members = [];
  file.packages[0].members = [];
  file.authorizations = [];
  expect(await problemsOf(test.database, file)).toEqual([
    { place: 'users[2].slackUserId', message: '"U003" belongs to "P3" (Олена Гай), who is not in this file' },
  ]);
});

it('refuses to take away a level that others still hold, and changes nothing', async () => {
  const { organizationId } = await importFile(test.database, validFile());
  const before = await snapshot(organizationId);
  const file = validFile();
  file.applications[0].permissions[1].levels = ['edit', 'admin'];
  file.applications[0].permissions[1].scope = 'none';
  file.authorizations = [];
  file.packages[0].permissions = [];
  file.rules.shift();
  const place = 'applications[0].permissions[1]';
  expect(await problemsOf(test.database, file)).toEqual([
    ...['authorizations', 'rules'].map((of) => ({
      place: `${place}.levels`,
      message: `"view" is still the value of 1 ${of} that this file does not list`,
    })),
    ...['2 authorizations', '1 package permissions', '1 rules'].map((of) => ({
      place: `${place}.scope`,
      message: `${of} that this file does not list still name structures`,
    })),
  ]);
  expect(await snapshot(organizationId)).toEqual(before);
});

it('writes nothing where the source breaks off, and leaves its connection usable', async () => {
  async function* broken() {
    yield* bytesOf(JSON.stringify(validFile()).slice(0, 900));
    throw new Error('the pipe broke');
  }
  const input = { database: test.database, target: { slackTeamId: null }, now: IMPORTED_AT };
  for (let attempt = 0; attempt < 12; attempt++) {
    await expect(importOrganization({ ...input, source: broken() })).rejects.toThrow('the pipe broke');
  }
  expect((await test.database.pool.query('SELECT FROM organizations')).rowCount).toBe(0);
});
