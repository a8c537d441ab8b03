import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOfDay, startOfDay } from '../../src/engine/core/zonedDay.ts';
import { createPackage, editPackage, setPackageState } from '../../src/engine/operations/packageDetails.ts';
import { createPerson } from '../../src/engine/operations/personDetails.ts';
import { sendReceipt } from '../../src/engine/operations/sendReceipt.ts';
import { type AuditFilter, auditPages, searchAudit, showAuditRecord } from '../../src/engine/readModels/audit.ts';
import { checkTrails } from '../../src/engine/readModels/auditChains.ts';
import { findActor } from '../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';

let test: TestDatabase;
let city: TestOrganization;
let town: TestOrganization;
let clock = new Date('2026-05-03T10:00:00Z');

beforeAll(async () => {
  test = await createTestDatabase();
  city = await createOrganization(test.database, 'City');
  town = await createOrganization(test.database, 'Town');
  const context = { database: test.database, now: () => clock };
  const command = () => ({ actor: city.admin, key: randomUUID() });
  const other = await city.addAdministrator('OTHER', 'define_packages');
  const details = (name: string) => ({ name, description: '', structures: [] });
  await createPackage(context, { ...command(), details: details('One') });
  await createPackage(context, { ...command(), actor: other, details: details('Two') });
  clock = new Date('2026-05-03T22:30:00Z');
  await editPackage(context, { ...command(), number: 1, details: details('First') });
  const person = { code: 'EVA', name: 'Eva', email: '', structure: 'REG' };
  await createPerson(context, { ...command(), details: person });
  await setPackageState(context, { ...command(), number: 1, state: 'disabled' });
  await createPackage(context, { actor: town.admin, key: randomUUID(), details: details('Elsewhere') });
});
afterAll(() => test.drop());

const NOTHING: AuditFilter = { userId: null, packageNumber: null, kind: null, from: null, to: null };
const actorOf = async ({ admin: { organizationId, userId } }: TestOrganization) => {
  const actor = await findActor(test.database.prisma, organizationId, { userId });
  if (!actor) throw new Error('Nobody acts');
  return actor;
};
async function search(filter: Partial<AuditFilter>, page = { offset: 0, limit: 20 }) {
  const found = await searchAudit(city.context, await actorOf(city), { ...NOTHING, ...filter }, page);
  return { seqs: found.records.map(({ seq }) => seq), total: found.total, records: found.records };
}
const idOf = async (code: string) =>
  (await test.database.prisma.user.findFirstOrThrow({ where: { organizationId: city.id, code } })).id;

describe('the trail in the database', () => {
  const refused = (sql: string) => expect(test.database.pool.query(sql)).rejects.toThrow(/append-only: .+ refused/);

  it.each(['audit_records', 'operation_changes', 'operations'])(
    'refuses to change, delete or empty %s',
    async (table) => {
      const counted = await test.database.pool.query(`SELECT count(*)::int AS n FROM ${table}`);
      expect(counted.rows[0].n).toBeGreaterThan(0);
      await refused(`UPDATE ${table} SET organization_id = organization_id`);
      await refused(`DELETE FROM ${table}`);
      await refused(`TRUNCATE ${table}`);
    },
  );

  it('lets an operation be completed once, and be nothing else than what was claimed', async () => {
    const key = randomUUID();
    const claim = `INSERT INTO operations (organization_id, key, kind, at, plan_hash, snapshot, outcome)
                   VALUES (${city.id}, '${key}', 'undo', now(), '', '{}', '{}')`;
    const client = await test.database.pool.connect();
    const attempt = async (set: string) => {
      await client.query('SAVEPOINT attempt');
      try {
        await client.query(`UPDATE operations SET ${set} WHERE key = '${key}'`);
        return 'done';
      } catch (error) {
        await client.query('ROLLBACK TO attempt');
        return (error as Error).message;
      }
    };
    try {
      await client.query('BEGIN');
      await client.query(claim);
      expect(await attempt(`kind = 'assign_package'`)).toMatch(/completed operation refused/);
      expect(await attempt(`plan_hash = 'p', snapshot = '{"a": 1}'`)).toBe('done');
      expect(await attempt(`snapshot = '{"a": 2}'`)).toMatch(/completed operation refused/);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

describe('the search', () => {
  it('finds newest first, page by page, of its own organization alone', async () => {
    expect(await search({})).toMatchObject({ seqs: [5, 4, 3, 2, 1], total: 5 });
    expect(await search({}, { offset: 2, limit: 2 })).toMatchObject({ seqs: [3, 2], total: 5 });
    expect((await search({ packageNumber: 1 })).seqs).toEqual([5, 3, 1]);
    expect((await search({ kind: 'create_package' })).seqs).toEqual([2, 1]);
    expect((await search({ kind: 'create_package', packageNumber: 2 })).seqs).toEqual([2]);
  });

  it('finds who did something, and whom it concerns', async () => {
    expect((await search({ userId: await idOf('OTHER') })).seqs).toEqual([2]);
    const { seqs, records } = await search({ userId: await idOf('EVA') });
    expect(seqs).toEqual([4]);
    expect(records[0]).toMatchObject({ people: 1, person: { code: 'EVA', name: 'Eva' }, kind: 'create_person' });
    expect((await search({ userId: town.admin.userId })).seqs).toEqual([]);
  });

  it('counts days in the time zone of the organization', async () => {
    const day = (from: string, to: string) =>
      search({ from: startOfDay(from, 'Europe/Madrid'), to: endOfDay(to, 'Europe/Madrid') });
    expect((await day('2026-05-03', '2026-05-03')).seqs).toEqual([2, 1]);
    expect((await day('2026-05-04', '2026-05-04')).seqs).toEqual([5, 4, 3]);
    expect((await day('2026-05-05', '2026-06-05')).seqs).toEqual([]);
  });

  it('is refused without the right, and shows no record and sends no receipt of elsewhere', async () => {
    const actor = { ...(await actorOf(city)), metaPermissions: new Set(['administer'] as const) };
    const page = { offset: 0, limit: 20 };
    await expect(searchAudit(city.context, actor, NOTHING, page)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(showAuditRecord(city.context, actor, 1, page)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(sendReceipt(city.context, actor, 1)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(showAuditRecord(town.context, await actorOf(town), 5, page)).rejects.toMatchObject({
      code: 'audit_record_not_found',
    });
    const operation = await test.database.prisma.operation.findFirstOrThrow({ where: { organizationId: city.id } });
    await expect(sendReceipt(town.context, await actorOf(town), operation.id)).rejects.toMatchObject({
      code: 'operation_not_found',
    });
    await expect(sendReceipt(city.context, await actorOf(city), operation.id)).rejects.toMatchObject({
      code: 'not_an_assignment',
    });
  });

  it('is exported oldest first', async () => {
    const seqs: number[] = [];
    for await (const page of auditPages(city.context, city.id, { ...NOTHING, packageNumber: 1 })) {
      seqs.push(...page.map(({ seq }) => seq));
    }
    expect(seqs).toEqual([1, 3, 5]);
  });
});

describe('the start of a day', () => {
  it.each([
    ['2026-05-03', 'Europe/Madrid', '2026-05-02T22:00:00.000Z'],
    ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00.000Z'],
    ['2026-10-25', 'Europe/Madrid', '2026-10-24T22:00:00.000Z'],
    ['2026-05-03', 'Pacific/Kiritimati', '2026-05-02T10:00:00.000Z'],
    // Clocks went from 24:00 to 1:00
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // Clocks went from 1:00 back to 0:00
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('of %s in %s', (day, zone, moment) => {
    expect(startOfDay(day, zone).toISOString()).toBe(moment);
  });

  it('is the end of the day before', () => {
    expect(endOfDay('2026-12-31', 'UTC').toISOString()).toBe('2027-01-01T00:00:00.000Z');
  });
});

describe('the check of the chain', () => {
  /** Changes what the guards protect, checks every trail, and takes it back. */
  async function tampered(sql: string) {
    const { pool } = test.database;
    const tables = ['operations', 'operation_changes', 'audit_records'];
    const guard = (verb: string) => tables.map((table) => `ALTER TABLE ${table} ${verb} TRIGGER USER`).join('; ');
    await pool.query(tables.map((table) => `CREATE TABLE saved_${table} AS TABLE ${table}`).join('; '));
    try {
      await pool.query(`${guard('DISABLE')}; ${sql}`);
      const checks = [];
      for await (const { broken, unrecorded, checked } of checkTrails(city.context, [])) {
        checks.push({ broken, unrecorded, checked });
      }
      return checks[0];
    } finally {
      await pool.query(
        [
          ...tables.map(
            (table) =>
              `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved_${table}; DROP TABLE saved_${table}`,
          ),
          guard('ENABLE'),
        ].join('; '),
      );
    }
  }
  const where = (seq: number) =>
    `organization_id = ${city.id} AND id = (SELECT operation_id FROM audit_records WHERE organization_id = ${city.id} AND seq = ${seq})`;

  it('fits as long as nobody touched it', async () => {
    expect(await tampered('SELECT 1')).toEqual({ broken: null, unrecorded: null, checked: 5 });
  });

  it.each([
    [
      'what a record says',
      () =>
        `UPDATE audit_records SET actor = '{"code": "X", "name": "X"}' WHERE organization_id = ${city.id} AND seq = 3`,
      3,
    ],
    ['a record that is gone', () => `DELETE FROM audit_records WHERE organization_id = ${city.id} AND seq = 2`, 2],
    ['what an operation kept', () => `UPDATE operations SET snapshot = '{}' WHERE ${where(4)}`, 4],
    ['an operation that is gone', () => `DELETE FROM operations WHERE ${where(1)}`, 1],
    ['whom it concerned', () => `UPDATE operation_changes SET user_name = 'X' WHERE organization_id = ${city.id}`, 4],
  ] as const)('names the first record that does not fit: %s', async (_what, sql, broken) => {
    expect(await tampered(sql())).toEqual({ broken, unrecorded: null, checked: broken - 1 });
  });

  it('sees an end that was cut off without its operations, and not one that went with them', async () => {
    const last = `organization_id = ${city.id} AND seq = 5`;
    const { id } = await test.database.prisma.operation.findFirstOrThrow({
      where: { organizationId: city.id },
      orderBy: { id: 'desc' },
    });
    expect(await tampered(`DELETE FROM audit_records WHERE ${last}`)).toEqual({
      broken: null,
      unrecorded: id,
      checked: 4,
    });
    const both = `DELETE FROM operations WHERE ${where(5)}; DELETE FROM audit_records WHERE ${last}`;
    expect(await tampered(both)).toEqual({ broken: null, unrecorded: null, checked: 4 });
  });
});
