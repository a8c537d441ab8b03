import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AccessNotice, nextNotices } from '../../../src/engine/operations/accessNotices.ts';
import { grantPermission } from '../../../src/engine/operations/grantPermission.ts';
import { planGrant } from '../../../src/engine/operations/planGrant.ts';
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

async function notices(operationId: number): Promise<AccessNotice[]> {
  const row = await test.database.prisma.outboxEntry.findFirstOrThrow({
    where: { organizationId: organization.id, operationId, kind: 'access_changed' },
  });
  const delivery = { ...row, kind: 'access_changed' as const, payload: null };
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
