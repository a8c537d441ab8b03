import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changePermission } from '../../../src/engine/operations/changePermission.ts';
import { acceptDrift } from '../../../src/engine/operations/driftSettings.ts';
import { markLeft, markReturned } from '../../../src/engine/operations/personLeft.ts';
import { rehearse } from '../../../src/engine/operations/runOperation.ts';
import { scanDrift } from '../../../src/engine/operations/scanDrift.ts';
import { settleDrift } from '../../../src/engine/operations/settleDrift.ts';
import { transferFounder } from '../../../src/engine/operations/transferFounder.ts';
import { previewAcceptance } from '../../../src/engine/readModels/driftPage.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { driftWorkedOut, driftWrittenDown } from '../../support/driftCheck.ts';
import { FOUNDER, steps } from '../../support/operationSteps.ts';
import { makeTwin, type Twin } from '../../support/operationsTwin.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const workedOut = ({ context, id }: TestOrganization) => driftWorkedOut(context, id);
const writtenDown = ({ context, id }: TestOrganization) => driftWrittenDown(context, id);

const events = async ({ id }: TestOrganization) => {
  const found = await test.database.prisma.driftEvent.findMany({
    where: { organizationId: id },
    orderBy: { id: 'asc' },
  });
  return found.map(({ kind, packageNumber }) => `${kind} ${packageNumber}`);
};

/** What changes who counts: somebody becomes a founder, somebody leaves, and each of it is taken back. */
async function changePeople({ organization: { id, context }, users }: Twin): Promise<void> {
  const [first = 0, second = 0] = users;
  const as = (userId: number) => ({ actor: { organizationId: id, userId }, key: randomUUID() });
  const boss = users[FOUNDER] ?? 0;
  const settled = async () => {
    await settleDrift(context, id);
    expect(await driftWrittenDown(context, id)).toEqual(await driftWorkedOut(context, id));
  };
  await transferFounder(context, { ...as(boss), toUserId: first, stepDown: false });
  await settled();
  await transferFounder(context, { ...as(first), toUserId: null, stepDown: true });
  await markLeft(context, { ...as(boss), userIds: [second], because: 'administrator' });
  await settled();
  await markReturned(context, { ...as(boss), userId: second });
  await settled();
}

describe('the running state of drift', () => {
  it('is what a look at everything would find, after operations of every kind', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (sequence, every) => {
        const twin = await makeTwin(test);
        const { organization } = twin;
        await settleDrift(organization.context, organization.id);
        for (const [by, one] of sequence.entries()) {
          await twin.take(one, by);
          if (by % every !== 0) continue;
          await settleDrift(organization.context, organization.id);
          const drift = await workedOut(organization);
          expect({ by, one, drift: await writtenDown(organization) }).toEqual({ by, one, drift });
        }
        await changePeople(twin);
        const days = await test.database.prisma.driftDay.findMany({ where: { organizationId: organization.id } });
        const scanned = await scanDrift(organization.context, organization.id);
        expect(await test.database.prisma.driftDay.findMany({ where: { organizationId: organization.id } })).toEqual(
          days,
        );
        expect(scanned).toMatchObject({ baseline: false, corrected: 0, cells: (await workedOut(organization)).length });
      }),
      { numRuns: Number(process.env.MODEL_RUNS ?? 2), endOnFailure: true },
    );
  });

  it('is put right by a full scan after rows were changed from outside, which says how many', async () => {
    const wild = fc.array(fc.record({ row: fc.nat(1_000), how: fc.constantFrom('value', 'off', 'gone', 'source') }), {
      ...{ minLength: 1, maxLength: 8 },
    });
    await fc.assert(
      fc.asyncProperty(steps, wild, async (sequence, changes) => {
        const twin = await makeTwin(test);
        const { organization } = twin;
        await settleDrift(organization.context, organization.id);
        for (const [by, one] of sequence.slice(0, 12).entries()) await twin.take(one, by);
        await settleDrift(organization.context, organization.id);
        const before = await writtenDown(organization);
        for (const change of changes) await changeFromOutside(organization.id, change);
        const scanned = await scanDrift(organization.context, organization.id);
        const after = await workedOut(organization);
        expect(await writtenDown(organization)).toEqual(after);
        const moved = [...after.filter((cell) => !before.includes(cell)), ...before.filter((c) => !after.includes(c))];
        // Beside what appeared or ended, a cell may have drifted in another way
        expect(scanned.corrected).toBeGreaterThanOrEqual(moved.length);
        if (moved.length === 0 && before.length === 0) expect(scanned.corrected).toBe(0);
        expect((await scanDrift(organization.context, organization.id)).corrected).toBe(0);
      }),
      { numRuns: Number(process.env.MODEL_RUNS ?? 4), endOnFailure: true },
    );
  });
});

async function changeFromOutside(organizationId: number, { row, how }: { row: number; how: string }): Promise<void> {
  const rows = await test.database.prisma.appAuth.findMany({
    where: { organizationId },
    orderBy: [{ userId: 'asc' }, { permissionId: 'asc' }],
  });
  const found = rows[row % Math.max(rows.length, 1)];
  if (!found) return;
  const { userId, permissionId } = found;
  const where = { organizationId_userId_permissionId: { organizationId, userId, permissionId } };
  const { appAuth } = test.database.prisma;
  if (how === 'gone') await appAuth.delete({ where });
  else if (how === 'off') await appAuth.update({ where, data: { active: false, reason: 'removal' } });
  else if (how === 'source') await appAuth.update({ where, data: { packageNumber: null } });
  else await appAuth.update({ where, data: { value: 'other' } });
}

describe('what moves drift', () => {
  let city: TestOrganization;
  let ana: number;
  const command = () => ({ actor: city.admin, key: randomUUID() });
  const records = () => city.permissions['registry/records'];
  const marks = () => test.database.prisma.driftMark.count({ where: { organizationId: city.id } });
  const change = (value: string) =>
    changePermission(city.context, {
      ...{ ...command(), number: 1, permissionId: records(), value, structures: ['REG'] },
    });

  beforeEach(async () => {
    city = await createOrganization(test.database);
    [ana = 0] = await city.addUsers('ANA');
    await city.addPackage(1, { 'registry/records': ['view', 'REG'] });
    await city.addMember(1, ana);
  });

  it('tells nothing of the first scan, and everything after it', async () => {
    expect(await settleDrift(city.context, city.id)).toMatchObject({ baseline: true, cells: 1, corrected: 0 });
    expect(await events(city)).toEqual([]);
    await city.addRow(ana, 'registry/records', { value: 'view', param: 'REG', packageNumber: 1 });
    expect(await scanDrift(city.context, city.id)).toMatchObject({ baseline: false, cells: 0, corrected: 1 });
    await change('edit');
    expect(await settleDrift(city.context, city.id)).toBeNull();
    await change('admin');
    await settleDrift(city.context, city.id);
    expect(await events(city)).toEqual(['resolved 1', 'appeared 1', 'changed 1']);
    const scans = await test.database.prisma.driftScan.findMany({ where: { organizationId: city.id } });
    expect(scans.map(({ cells, corrected }) => ({ cells, corrected }))).toEqual([
      { cells: 1, corrected: 0 },
      { cells: 0, corrected: 1 },
    ]);
  });

  it('is marked with the operation or not at all', async () => {
    await settleDrift(city.context, city.id);
    await expect(change('view')).rejects.toMatchObject({ code: 'nothing_changed' });
    await rehearse(city.context, (context) =>
      changePermission(context, { ...command(), number: 1, permissionId: records(), value: 'edit', structures: [] }),
    );
    expect(await marks()).toBe(0);
    await change('edit');
    expect(await marks()).toBe(1);
    const jobs = await test.database.pool.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [
      `drift:${city.id}:marks`,
    ]);
    expect(jobs.rowCount).toBe(1);
    await settleDrift(city.context, city.id);
    expect(await marks()).toBe(0);
  });

  it('is not counted as missed while an operation has marked it', async () => {
    await settleDrift(city.context, city.id);
    await city.addRow(ana, 'registry/records', { value: 'view', param: 'REG', packageNumber: 1 });
    await scanDrift(city.context, city.id);
    await change('edit');
    expect(await scanDrift(city.context, city.id)).toMatchObject({ cells: 1, corrected: 0 });
    expect(await marks()).toBe(0);
  });

  it('is looked at once however many processes look at the same time', async () => {
    await settleDrift(city.context, city.id);
    const people = await city.addUsers(...Array.from({ length: 12 }, (_, index) => `P${index}`));
    for (const userId of people) {
      await city.addMember(1, userId);
      await city.addRow(userId, 'registry/records', { value: 'view', param: 'REG', packageNumber: 1 });
    }
    for (const value of ['edit', 'admin', 'view', 'edit']) await change(value);
    const others = [openDatabase(test.url), openDatabase(test.url)];
    await Promise.all([
      ...others.map((database) => settleDrift({ database, now: () => TEST_NOW }, city.id)),
      change('admin').then(() => settleDrift(city.context, city.id)),
      ...others.map((database) => scanDrift({ database, now: () => TEST_NOW }, city.id)),
    ]);
    for (const database of others) await database.close();
    expect(await writtenDown(city)).toEqual(await workedOut(city));
    expect(await marks()).toBe(0);
    const told = await events(city);
    // Ana's cell was there before: it only changed
    expect(told.filter((one) => one === 'appeared 1')).toHaveLength(12);
  });

  it('is accepted as it was shown, or not at all, though nobody has looked at the change yet', async () => {
    await settleDrift(city.context, city.id);
    const accept = async ({ hash }: { hash: string }) =>
      acceptDrift(city.context, {
        ...{ ...command(), number: 1, reason: 'Until the move' },
        ...{ until: new Date('2026-05-04T00:00:00Z'), planHash: hash },
      });
    const actor = await findActor(test.database.prisma, city.id, city.admin);
    if (!actor) throw new Error('There is no administrator');
    const shown = await previewAcceptance(city.context, actor, 1);
    await change('edit');
    await expect(accept(shown)).rejects.toMatchObject({ code: 'plan_changed' });
    expect((await accept(await previewAcceptance(city.context, actor, 1))).outcome).toMatchObject({ cells: 1 });
    await settleDrift(city.context, city.id);
    expect(await writtenDown(city)).toEqual([]);
  });

  it('leaves an accepted deviation out until its time has passed', async () => {
    const accepted = { organizationId: city.id, packageNumber: 1, userId: ana, permissionId: records() };
    await test.database.prisma.acceptedDeviation.create({
      data: { ...accepted, operationId: 1, value: 'view', param: 'REG', until: new Date('2026-05-04T00:00:00Z') },
    });
    expect(await settleDrift(city.context, city.id)).toMatchObject({ cells: 0 });
    const later = { ...city.context, now: () => new Date('2026-05-04T00:00:00Z') };
    expect(await scanDrift(later, city.id)).toMatchObject({ cells: 1, corrected: 0 });
    expect(await events(city)).toEqual(['appeared 1']);
  });
});
