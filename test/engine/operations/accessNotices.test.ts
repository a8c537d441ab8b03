import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AccessNotice, nextNotices } from '../../../src/engine/operations/accessNotices.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { setDriftChannel } from '../../../src/engine/operations/driftSettings.ts';
import { grantPermission } from '../../../src/engine/operations/grantPermission.ts';
import { importOrganization } from '../../../src/engine/operations/importOrganization.ts';
import { linkPeople, unlinkPerson } from '../../../src/engine/operations/linkPeople.ts';
import { setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import { planGrant } from '../../../src/engine/operations/planGrant.ts';
import { undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { updatePeople } from '../../../src/engine/operations/updatePeople.ts';
import { forgetOldWork } from '../../../src/engine/operations/workers.ts';
import { previewUndo } from '../../../src/engine/readModels/undo.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { bytesOf } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { holdOrganization } from '../../support/holdOrganization.ts';
import { createOrganization, TEST_NOW, type TestOrganization, type TestRow } from '../../support/organization.ts';
import { race } from '../../support/race.ts';

let test: TestDatabase;
let organization: TestOrganization;
let ana: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  [ana = 0] = await organization.addUsers('ANA');
});

const LONG_AGO = new Date(TEST_NOW.getTime() - 3_600_000);

/** @returns the operation. */
async function grant(value: string): Promise<number> {
  const { id, context, permissions, admin } = organization;
  const change = { kind: 'set' as const, value, structures: ['*'] };
  const wanted = { userId: ana, permissionId: permissions['registry/records'], change };
  const { plan } = await planGrant(test.database.prisma, id, wanted);
  const done = await grantPermission(context, { actor: admin, key: randomUUID(), ...wanted, planHash: plan.hash });
  return done.operationId;
}

/** @returns the operation. */
async function assign(userIds: number[]): Promise<number> {
  const { id: organizationId, context, admin } = organization;
  const { hash: planHash } = await countPreflight(test.database.prisma, { organizationId, packageNumber: 1, userIds });
  const choices = { keepPackage: false, exceptions: [] };
  const command = { actor: admin, key: randomUUID(), number: 1, userIds, choices, planHash };
  return (await assignPackage(context, command)).operationId;
}

/** What is to be told next, after the person `progress`. */
async function notices(operationId: number, progress = 0): Promise<AccessNotice[]> {
  const row = await test.database.prisma.outboxEntry.findFirstOrThrow({
    where: { organizationId: organization.id, operationId, kind: 'access_changed' },
  });
  const delivery = { ...row, kind: 'access_changed' as const, payload: null, progress };
  return nextNotices(organization.context, delivery, { openedBefore: LONG_AGO, limit: 100 });
}

const values = (told: readonly AccessNotice[]) =>
  told.map(({ cells }) => cells.map(({ before, after }) => `${before?.value ?? 'nothing'} → ${after?.value}`).join());

describe('what somebody had before is', () => {
  const elsewhere: [string, (to: TestOrganization) => Promise<void>][] = [
    ['nothing else', async () => undefined],
    ['a rule', (to) => to.addRule('Rota', 'registry/records', 'view', ana)],
    [
      'a profile and a rule',
      async (to) => {
        await to.addRule('Rota', 'registry/records', 'view', ana);
        await to.addProfile('Clerk', 'registry/records', 'edit', ana);
      },
    ],
  ];
  const rows: [string, TestRow | null, string[]][] = [
    ['no row', null, ['nothing', 'view', 'edit']],
    ['a row by hand', { value: 'view' }, ['view', 'view', 'view']],
    ['a row of an active package', { value: 'view', packageNumber: 1 }, ['view', 'view', 'view']],
    ['a row of a disabled package', { value: 'view', packageNumber: 2 }, ['nothing', 'view', 'edit']],
    ['a row disabled by hand', { value: 'view', reason: 'manual' }, ['nothing', 'nothing', 'nothing']],
    [
      'a row of a former member',
      { value: 'view', packageNumber: 1, reason: 'unassignment' },
      ['nothing', 'view', 'edit'],
    ],
    [
      'a row of a removed permission',
      { value: 'view', packageNumber: 1, reason: 'removal' },
      ['nothing', 'view', 'edit'],
    ],
  ];
  const cases = rows.flatMap(([row, held, before]) =>
    elsewhere.map(([other, add], index) => ({ row, held, other, add, before: before[index] })),
  );

  it.each(cases)('$before, where there was $row, and $other', async ({ held, add, before }) => {
    for (const number of [1, 2]) await organization.addPackage(number, { 'registry/records': ['view'] });
    await test.database.prisma.package.update({
      where: { organizationId_number: { organizationId: organization.id, number: 2 } },
      data: { state: 'disabled' },
    });
    if (held) await organization.addRow(ana, 'registry/records', held);
    await add(organization);
    const operationId = await grant('admin');
    expect(values(await notices(operationId))).toEqual([`${before} → admin`]);
  });
});

describe('a change in the moment in which an earlier one is told', () => {
  it('that comes first takes the earlier one along', async () => {
    const first = await grant('view');
    let second = 0;
    let told: AccessNotice[] = [];
    const held = holdOrganization(test.url, organization.id);
    const changes = async () => {
      second = await grant('edit');
    };
    const tells = async () => {
      told = await notices(first);
    };
    expect(await race(test, held, changes, tells)).toEqual(['done', 'done']);
    expect(told).toEqual([]);
    expect(values(await notices(second))).toEqual(['nothing → edit']);
  });

  it('that comes after it is told by itself', async () => {
    const first = await grant('view');
    let second = 0;
    let told: AccessNotice[] = [];
    const held = holdOrganization(test.url, organization.id);
    const tells = async () => {
      told = await notices(first);
    };
    const changes = async () => {
      second = await grant('edit');
    };
    expect(await race(test, held, tells, changes)).toEqual(['done', 'done']);
    expect(values(told)).toEqual(['nothing → view']);
    expect(values(await notices(second))).toEqual(['view → edit']);
  });
});

describe('what somebody had before an operation is known though afterwards, before they are told,', () => {
  const tax = { code: 'TAX', name: 'Tax office' };
  const person = { code: 'ANA', name: 'Person ANA', email: 'ana@test.example' };

  it('a list of people moves them to a structure whose rule gives as much', async () => {
    const { id: organizationId, context, permissions } = organization;
    const { prisma } = test.database;
    const { id } = await prisma.structure.create({ data: { organizationId, ...tax, path: [], searchText: 'tax' } });
    const where = { organizationId_id: { organizationId, id } };
    await prisma.structure.update({ where, data: { path: [id] } });
    const gives = { permissionId: permissions['registry/records'], value: 'edit', param: '*' };
    await prisma.rule.create({ data: { organizationId, name: 'Taxes', structureId: id, ...gives } });
    const operationId = await grant('edit');
    const list = bytesOf(`Code;Name;E-Mail;Structure\n${person.code};${person.name};${person.email};${tax.code}`);
    const update = { organizationId, userId: null, source: list };
    await updatePeople(context, update, { key: randomUUID(), planHash: null });
    expect(values(await notices(operationId))).toEqual(['nothing → edit']);
  });

  it('an import makes a rule that gives as much', async () => {
    const { id } = organization;
    const slackTeamId = `T0${id}`;
    await test.database.prisma.organization.update({ where: { id }, data: { slackTeamId } });
    const operationId = await grant('edit');
    const records = { key: 'records', name: 'Student records', levels: ['view', 'edit', 'admin'], scope: 'structures' };
    const gives = { permission: 'records', value: 'edit', param: ['*'] };
    const nothing = { groups: [], packages: [], authorizations: [], profiles: [], administrators: [] };
    const file = {
      ...nothing,
      organization: { name: 'Test City', timeZone: 'Europe/Madrid', locale: 'en' },
      structures: [{ ...tax, parent: null }],
      users: [{ ...person, structure: tax.code, slackUserId: `U0${id}ANA` }],
      applications: [{ key: 'registry', name: 'Student Registry', permissions: [records] }],
      rules: [{ name: 'Taxes', structure: tax.code, application: 'registry', ...gives }],
    };
    const target = { slackTeamId };
    await importOrganization({ database: test.database, source: bytesOf(file), target, now: TEST_NOW });
    expect(values(await notices(operationId))).toEqual(['nothing → edit']);
  });

  it('they are without a Slack account for a while; meanwhile the others are told', async () => {
    const { id: organizationId, context, admin } = organization;
    const [ben = 0] = await organization.addUsers('BEN');
    await organization.addPackage(1, { 'registry/records': ['view'] });
    const operationId = await assign([ana, ben]);
    await unlinkPerson(context, { actor: admin, key: randomUUID(), userId: ana });
    expect(await notices(operationId)).toMatchObject([{ userId: ben }]);
    const links = [{ userId: ana, slackUserId: `U0${organizationId}NEW` }];
    await linkPeople(context, { actor: admin, key: randomUUID(), links });
    expect(values(await notices(await grant('admin')))).toEqual(['nothing → admin']);
  });
});

it('members are told what they get back, and lose again, when a change of their package’s state is undone', async () => {
  const { id, context, admin } = organization;
  const set = async (state: 'active' | 'disabled') =>
    (await setPackageState(context, { actor: admin, key: randomUUID(), number: 1, state })).operationId;
  const undo = async (operationId: number) => {
    const actor = await findActor(test.database.prisma, id, admin);
    if (!actor) throw new Error('There is no administrator');
    const limitMs = 3_600_000;
    const { planHash } = await previewUndo(context, actor, operationId, limitMs);
    const command = { actor: admin, key: randomUUID(), operationId, limitMs, planHash };
    return (await undoOperation(context, command)).operationId;
  };
  await organization.addPackage(1, { 'registry/records': ['view'] });
  await notices(await assign([ana]));
  const disabled = await set('disabled');
  expect(values(await notices(disabled))).toEqual(['view → undefined']);
  expect(values(await notices(await undo(disabled)))).toEqual(['nothing → view']);
  expect(values(await notices(await set('disabled')))).toEqual(['view → undefined']);
  const enabled = await set('active');
  expect(values(await notices(enabled))).toEqual(['nothing → view']);
  expect(values(await notices(await undo(enabled)))).toEqual(['view → undefined']);
});

it('what was told is not told again when it is forgotten, though an earlier message was given up', async () => {
  const given = await grant('view');
  await test.database.prisma.outboxEntry.updateMany({
    where: { organizationId: organization.id, operationId: given },
    data: { deliveredAt: TEST_NOW, lastError: 'given up' },
  });
  const second = await grant('edit');
  expect(values(await notices(second))).toEqual(['nothing → edit']);
  expect(await notices(second, ana)).toEqual([]);
  const later = new Date(TEST_NOW.getTime() + 31 * 24 * 3_600_000);
  await forgetOldWork({ ...organization.context, now: () => later });
  expect(values(await notices(await grant('admin')))).toEqual(['edit → admin']);
});

it('what was changed before is left for later by what concerns nobody’s access', async () => {
  const { context, admin, id: organizationId } = organization;
  const operationId = await grant('view');
  await setDriftChannel(context, { actor: admin, key: randomUUID(), channel: 'C1' });
  expect(await test.database.prisma.unreadHistory.findMany({ where: { organizationId } })).toMatchObject([
    { operationId },
  ]);
  expect(values(await notices(operationId))).toEqual(['nothing → view']);
});
