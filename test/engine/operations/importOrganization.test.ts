import { afterEach, beforeEach, expect, it } from 'vitest';
import { importOrganization } from '../../../src/engine/operations/importOrganization.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { rawQueryOf } from '../../../src/persistence/rawQuery.ts';
import { bytesOf, IMPORTED_AT, importFile, validFile } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase();
});

afterEach(() => test.drop());

const sql = async (text: string, ...values: unknown[]) => (await test.database.pool.query(text, values)).rows;

it('writes what the file says', async () => {
  const { organizationId, sections } = await importFile(test.database, validFile());

  expect(sections.users).toEqual({ created: 4, changed: 0, unchanged: 0 });
  expect(sections.authorizations).toEqual({ created: 4, changed: 0, unchanged: 0 });
  expect(await sql('SELECT name, time_zone, locale, slack_team_id FROM organizations')).toEqual([
    { name: 'Port Town', time_zone: 'Europe/Dublin', locale: 'en', slack_team_id: null },
  ]);
  expect(
    await sql(`SELECT u.code, u.search_text, u.slack_user_id, u.founder, s.code AS structure, cardinality(s.path) AS depth
               FROM users u JOIN structures s ON s.id = u.structure_id WHERE u.code IN ('P1', 'P4') ORDER BY u.code`),
  ).toEqual([
    ...[{ code: 'P1', search_text: 'p1 ana ruiz p1@town.example', slack_user_id: 'U001', founder: true }].map(
      (user) => ({
        ...user,
        structure: 'TOWN',
        depth: 1,
      }),
    ),
    {
      ...{ code: 'P4', search_text: 'p4 thao le p4@town.example', slack_user_id: null, founder: false },
      ...{ structure: 'FIN', depth: 2 },
    },
  ]);
  expect(
    await sql(
      `SELECT u.code, p.key, a.value, a.param, a.active, a.reason, a.package_number
               FROM app_auth a JOIN users u ON u.id = a.user_id JOIN permissions p ON p.id = a.permission_id
               WHERE a.organization_id = $1 ORDER BY u.code, p.key`,
      organizationId,
    ),
  ).toEqual([
    { code: 'P2', key: 'open', value: 'granted', param: '', active: true, reason: null, package_number: 1 },
    { code: 'P2', key: 'records', value: 'edit', param: 'FIN,REG', active: true, reason: null, package_number: 1 },
    { code: 'P3', key: 'open', value: 'granted', param: '', active: false, reason: 'manual', package_number: null },
    { code: 'P4', key: 'records', value: 'view', param: '*', active: false, reason: 'unassignment', package_number: 1 },
  ]);
  expect(await sql('SELECT user_code, permission, source FROM effective_access ORDER BY 1, 2')).toEqual([
    ...['grades', 'open', 'records'].map((permission) => ({ user_code: 'P1', permission, source: 'founder' })),
    { user_code: 'P2', permission: 'open', source: 'package:1' },
    { user_code: 'P2', permission: 'records', source: 'package:1' },
    { user_code: 'P3', permission: 'records', source: 'rule:Rota' },
    { user_code: 'P4', permission: 'open', source: 'profile:Reader' },
  ]);
});

it('reads the sections in any order', async () => {
  const backwards = Object.fromEntries(Object.entries(validFile()).reverse());
  const { sections } = await importFile(test.database, backwards);
  expect(Object.values(sections).reduce((sum, { created }) => sum + created, 0)).toBe(29);
  expect((await importFile(test.database, validFile())).operationId).toBeNull();
});

it('records an operation and its audit record, once', async () => {
  const actor = { userId: 7, code: 'P2', name: 'Bjørn Dahl' };
  const input = { database: test.database, target: { slackTeamId: null }, now: IMPORTED_AT, actor };
  const first = await importOrganization({ ...input, source: bytesOf(validFile()) });
  const second = await importOrganization({ ...input, source: bytesOf(validFile()) });

  expect(second).toEqual({ ...first, operationId: null, sections: expect.anything() });
  for (const { created, changed } of Object.values(second.sections)) expect(created + changed).toBe(0);
  const operations = await sql('SELECT id, kind, actor_user_id, at, plan_hash, outcome FROM operations');
  expect(operations).toEqual([
    {
      ...{ id: first.operationId, kind: 'import_organization', actor_user_id: 7, at: IMPORTED_AT },
      ...{ plan_hash: first.hash, outcome: { sections: first.sections } },
    },
  ]);
  expect(await sql('SELECT seq, operation_id, action, actor, plan_hash FROM audit_records')).toEqual([
    {
      ...{ seq: 1, operation_id: first.operationId, action: 'import_organization', plan_hash: first.hash },
      actor: { code: 'P2', name: 'Bjørn Dahl' },
    },
  ]);
  expect(await findBrokenAuditRecord(rawQueryOf(test.database.prisma), first.organizationId)).toBeNull();
});

it('writes no row again that is the same already', async () => {
  await importFile(test.database, validFile());
  const versions = () => sql('SELECT xmin::text, xmax::text, ctid::text FROM app_auth ORDER BY user_id, permission_id');
  const before = await versions();
  await importFile(test.database, validFile());
  expect(await versions()).toEqual(before);
});

it('takes over what changed in the file, and leaves alone what the file does not list', async () => {
  await importFile(test.database, validFile());
  const file = validFile();
  file.organization.locale = 'es';
  file.structures[1].parent = 'FIN';
  file.users = file.users.slice(0, 3);
  file.users[1].name = 'Bjørn Dahl Ås';
  file.groups[0].members = ['P3'];
  file.packages[0].members = ['P2'];
  file.packages[0].former = ['P3'];
  file.packages[0].permissions = [{ application: 'registry', permission: 'open', value: 'granted', removed: true }];
  file.authorizations = [{ ...file.authorizations[1], value: 'view' }];
  file.profiles[0].users = ['P2'];
  file.administrators[0].metaPermissions = ['view', 'approve'];

  const { sections } = await importFile(test.database, file);

  expect(sections).toEqual({
    organization: { created: 0, changed: 1, unchanged: 0 },
    structures: { created: 0, changed: 1, unchanged: 2 },
    users: { created: 0, changed: 1, unchanged: 2 },
    groups: { created: 0, changed: 1, unchanged: 0 },
    applications: { created: 0, changed: 0, unchanged: 1 },
    permissions: { created: 0, changed: 0, unchanged: 3 },
    packages: { created: 0, changed: 0, unchanged: 1 },
    packagePermissions: { created: 0, changed: 1, unchanged: 0 },
    assignments: { created: 0, changed: 1, unchanged: 1 },
    authorizations: { created: 0, changed: 1, unchanged: 0 },
    profiles: { created: 0, changed: 1, unchanged: 0 },
    rules: { created: 0, changed: 0, unchanged: 2 },
    administrators: { created: 0, changed: 1, unchanged: 0 },
  });
  expect(await sql(`SELECT u.code, a.state FROM assignments a JOIN users u ON u.id = a.user_id ORDER BY 1`)).toEqual(
    ['P1 active', 'P2 active', 'P3 former', 'P4 former'].map((text) => {
      const [code, state] = text.split(' ');
      return { code, state };
    }),
  );
  expect(await sql('SELECT count(*)::int AS rows FROM app_auth')).toEqual([{ rows: 4 }]);
  expect(
    await sql('SELECT count(*)::int AS rows, count(*) FILTER (WHERE live)::int AS live FROM package_permissions'),
  ).toEqual([{ rows: 3, live: 1 }]);
  expect(await sql('SELECT meta_permission FROM meta_permissions ORDER BY 1')).toEqual([
    { meta_permission: 'approve' },
    { meta_permission: 'view' },
  ]);
  expect(await sql(`SELECT cardinality(path) AS depth FROM structures WHERE code = 'REG'`)).toEqual([{ depth: 3 }]);
});

it('moves structures that the file does not list along with their parent', async () => {
  const file = validFile();
  file.structures.push({ code: 'DESK', name: 'Desk', parent: 'REG' });
  await importFile(test.database, file);
  const moved = validFile();
  moved.structures[1].parent = 'FIN';
  await importFile(test.database, moved);
  expect(
    await sql(`SELECT array_agg(s.code ORDER BY step.position) AS path
               FROM structures d, unnest(d.path) WITH ORDINALITY AS step (id, position)
               JOIN structures s ON s.id = step.id WHERE d.code = 'DESK'`),
  ).toEqual([{ path: ['TOWN', 'FIN', 'REG', 'DESK'] }]);
});

it('lets people exchange their Slack ids, and another permission become MAIN', async () => {
  await importFile(test.database, validFile());
  const file = validFile();
  file.users[1].slackUserId = 'U003';
  delete file.users[2].slackUserId;
  const [open, records] = file.applications[0].permissions;
  delete open.main;
  records.main = true;

  const { sections } = await importFile(test.database, file);

  expect([sections.users.changed, sections.permissions.changed]).toEqual([2, 2]);
  expect(await sql('SELECT code, slack_user_id FROM users ORDER BY code')).toMatchObject([
    ...[{ slack_user_id: 'U001' }, { slack_user_id: 'U003' }, { slack_user_id: null }, { slack_user_id: null }],
  ]);
  expect(await sql('SELECT key FROM permissions WHERE is_main')).toEqual([{ key: 'records' }]);
  expect((await importFile(test.database, file)).operationId).toBeNull();
});

it('forgets an accepted deviation when the row it was about changes', async () => {
  const { organizationId } = await importFile(test.database, validFile());
  await sql(
    `INSERT INTO accepted_deviations (organization_id, package_number, user_id, permission_id, operation_id, value, param)
     SELECT organization_id, 1, user_id, permission_id, 1, value, param FROM app_auth WHERE organization_id = $1`,
    organizationId,
  );
  const file = validFile();
  file.authorizations[1].value = 'admin';
  await importFile(test.database, file);
  expect(await sql('SELECT count(*)::int AS kept FROM accepted_deviations')).toEqual([{ kept: 3 }]);
});

it('marks people as left or back as the file says, and leaves the mark alone where it says nothing', async () => {
  const file = validFile();
  const marks = () => sql('SELECT code, left_at, left_because FROM users WHERE left_at IS NOT NULL ORDER BY code');
  file.users[1].left = true;
  await importFile(test.database, file);
  const left = [{ code: 'P2', left_at: IMPORTED_AT, left_because: 'import' }];
  expect(await marks()).toEqual(left);
  expect((await importFile(test.database, file)).operationId).toBeNull();
  expect((await importFile(test.database, validFile())).operationId).toBeNull();
  expect(await marks()).toEqual(left);
  file.users[1].left = false;
  expect((await importFile(test.database, file)).sections.users).toMatchObject({ changed: 1 });
  expect(await marks()).toEqual([]);
});
