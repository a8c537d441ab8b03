import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { hashOf } from '../../src/engine/core/canonicalJson.ts';
import { nextNotices } from '../../src/engine/operations/accessNotices.ts';
import { takeDelivery } from '../../src/engine/operations/deliveries.ts';
import { findBrokenAuditRecord } from '../../src/persistence/auditChain.ts';
import { type Database, openDatabase } from '../../src/persistence/database.ts';
import { readAssignmentChanges } from '../../src/persistence/operationChanges.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const FOUNDATION = '20261122000000_foundation';
const NAME = 'upgrade_of_history';

let database: Database;

/** What the first version wrote for an assignment and for its end, with the seals that it computed then. */
const FIRST_VERSION = `
  INSERT INTO organizations (id, name, time_zone, locale) VALUES (1, 'Old City', 'Europe/Madrid', 'en');
  INSERT INTO structures (organization_id, id, code, name, path, search_text) VALUES (1, 1, 'REG', 'Registry', '{1}', '');
  INSERT INTO users (organization_id, id, code, name, email, slack_user_id, structure_id, search_text) VALUES
    (1, 5, 'ANA', 'Ana', '', 'U5', 1, ''), (1, 6, 'BEN', 'Ben', '', 'U6', 1, '');
  INSERT INTO applications (organization_id, id, key, name) VALUES (1, 1, 'registry', 'Registry');
  INSERT INTO permissions (organization_id, id, application_id, key, name, levels, scope) VALUES
    (1, 10, 1, 'records', 'Records', '{view,edit}', 'none'), (1, 11, 1, 'grades', 'Grades', '{view,edit}', 'none');
  INSERT INTO operations (organization_id, id, key, kind, package_number, at, plan_hash, snapshot, outcome) VALUES
    (1, 1, gen_random_uuid(), 'assign_package', 7, '2026-11-22T10:00:00Z', 'p', '{}', '{}'),
    (1, 2, gen_random_uuid(), 'unassign_package', 7, '2026-11-22T11:00:00Z', 'p', '{}', '{}');
  INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership, cells) VALUES
    (1, 1, 5, 'ANA', 'Ana', 'reassigned', '[
      {"permission": 10, "code": 28, "decision": "keep_original",
       "row": {"active": true, "value": "view", "param": "REG"}, "profile": {"name": "R", "value": "view", "param": ""}},
      {"permission": 11, "code": 52, "decision": "written",
       "row": {"active": false, "reason": "unassignment", "package": 7, "value": "edit", "param": "", "operation": 3}}]'),
    (1, 1, 6, 'BEN', 'Ben', 'assigned', '[]'),
    (1, 2, 5, 'ANA', 'Ana', 'unassigned', '[[11, "edit", "", 1]]');
  INSERT INTO outbox (organization_id, kind, operation_id, payload, available_at, delivered_at) VALUES
    (1, 'access_changed', 1, '{}', '2026-11-22T10:00:00Z', '2026-11-22T10:00:10Z'),
    (1, 'access_changed', 2, '{}', '2026-11-22T11:00:00Z', NULL)`;

beforeAll(async () => {
  const server = inject('serverUrl');
  const url = server.replace(/\/postgres$/, `/${NAME}`);
  const maintenance = new pg.Client({ connectionString: server });
  await maintenance.connect();
  await maintenance.query(`CREATE DATABASE ${NAME}`);
  await maintenance.end();
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-migrations-'));
  await cp(join(MIGRATIONS, FOUNDATION), join(folder, FOUNDATION), { recursive: true });
  await migrate(url, folder);
  await rm(folder, { recursive: true });
  database = openDatabase(url);
  await database.pool.query(FIRST_VERSION);
  await sealAsBefore();
  expect((await migrate(url, MIGRATIONS)).length).toBeGreaterThan(0);
});
afterAll(() => database.close());

/** Appends the audit records of both operations as the first version did: a digest over the JSON cells, none of the operation. */
async function sealAsBefore(): Promise<void> {
  const at = new Date('2026-11-22T10:00:00Z');
  let previousHash = '0'.repeat(64);
  for (const id of [1, 2]) {
    const { rows } = await database.pool.query<{ digest: string }>(
      `SELECT encode(sha256(convert_to(string_agg(
         concat_ws('|', user_id, user_code, user_name, membership, cells::text), E'\\n' ORDER BY user_id), 'UTF8')),
       'hex') AS digest FROM operation_changes WHERE organization_id = 1 AND operation_id = $1`,
      [id],
    );
    const changesHash = rows[0]?.digest ?? '';
    const said = { actor: null, action: 'assign_package', subject: {}, before: null, after: null, planHash: 'p' };
    const hash = hashOf({ seq: id, operation: id, at: at.toISOString(), ...said, changesHash, previousHash });
    await database.pool.query(
      `INSERT INTO audit_records (organization_id, seq, operation_id, at, actor, action, subject, before, after,
                                  plan_hash, changes_hash, previous_hash, hash)
       VALUES (1, $1, $1, $2, 'null', 'assign_package', '{}', 'null', 'null', 'p', $3, $4, $5)`,
      [id, at, changesHash, previousHash, hash],
    );
    previousHash = hash;
  }
}

it('keeps what earlier assignments said, and their seals', async () => {
  const changes = [];
  for await (const change of readAssignmentChanges(database.prisma, 1, 1)) changes.push(change);
  const held = { reason: null, package: null };
  expect(changes).toEqual([
    {
      ...{ userCode: 'ANA', userName: 'Ana', membership: 'reassigned' },
      cells: [
        {
          ...{ permission: 10, kind: 'manual_coincident', divergence: null, decision: 'keep_original' },
          row: { ...held, active: true, value: 'view', param: 'REG' },
          profile: { name: 'R', value: 'view', param: '' },
        },
        {
          ...{ permission: 11, kind: 'disabled_assignment', divergence: null, decision: 'written' },
          row: { active: false, reason: 'unassignment', package: 7, value: 'edit', param: '' },
        },
      ],
    },
    { userCode: 'BEN', userName: 'Ben', membership: 'assigned', cells: [] },
  ]);
  const query = async (sql: string, values: readonly unknown[]) => (await database.pool.query(sql, [...values])).rows;
  expect(await findBrokenAuditRecord(query, 1)).toBeNull();
});

it('knows what an earlier end of an assignment took away', async () => {
  const { rows } = await database.pool.query(
    'SELECT permission_ids, held_values, held_packages, held_operations, membership_was FROM operation_changes WHERE operation_id = 2',
  );
  expect(rows).toEqual([
    {
      ...{ permission_ids: [11], held_values: ['edit'], held_packages: [7], held_operations: [1] },
      membership_was: 'active',
    },
  ]);
});

it('tells what had not been told of it yet', async () => {
  const context = { database, now: () => new Date('2026-11-22T12:00:00Z') };
  const waiting = await takeDelivery(context, ['access_changed'], null);
  if (!waiting) throw new Error('Nothing waits');
  const told = await nextNotices(context, waiting, { openedBefore: new Date(0), limit: 10 });
  const cells = [{ name: 'Grades', before: { value: 'edit', param: '' }, after: null }];
  expect(told).toMatchObject([{ slackUserId: 'U5', cells }]);
});
