import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYNC_CONTROLS } from '../../../src/engine/core/cellChoices.ts';
import { changePermission } from '../../../src/engine/operations/changePermission.ts';
import { removePermission } from '../../../src/engine/operations/removePermission.ts';
import { syncPackage } from '../../../src/engine/operations/syncPackage.ts';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { previewSync, syncPage } from '../../../src/engine/readModels/sync.ts';
import { previewUnassignment } from '../../../src/engine/readModels/unassignment.ts';
import { countUnassignment } from '../../../src/persistence/unassignCells.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let here: TestOrganization;
let there: TestOrganization;
let ana: number;

beforeAll(async () => {
  test = await createTestDatabase();
  here = await createOrganization(test.database, 'Here');
  there = await createOrganization(test.database, 'There');
  for (const organization of [here, there]) await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
  await here.addPackage(7, { 'registry/records': ['edit', 'REG'] });
  [ana = 0] = await here.addUsers('ANA');
  for (const number of [1, 7]) await here.addMember(number, ana);
  await here.addRow(ana, 'registry/records', { value: 'view', packageNumber: 1 });
});
afterAll(() => test.drop());

const choices = { kinds: SYNC_CONTROLS.eligible, text: '', exceptions: [] };
const base = () => ({ actor: there.admin, key: randomUUID(), planHash: 'x' });

async function stranger() {
  const actor = await findActor(test.database.prisma, there.id, there.admin);
  if (!actor) throw new Error('There is no administrator there');
  return actor;
}

it('no operation reaches into another organization by its ids', async () => {
  const { context } = there;
  const permissionId = here.permissions['registry/records'];
  const refused = [
    syncPackage(context, { ...base(), number: 7, permissionId: null, userId: null, choices }),
    syncPackage(context, { ...base(), number: 1, permissionId, userId: null, choices }),
    syncPackage(context, { ...base(), number: 1, permissionId: null, userId: ana, choices }),
    removePermission(context, { ...base(), number: 1, permissionId, choices }),
    changePermission(context, { ...base(), number: 1, permissionId, value: 'view', structures: ['REG'] }),
    unassignPackage(context, { ...base(), number: 7, userIds: [ana] }),
    undoOperation(context, { ...base(), operationId: 1, limitMs: 1_000 }),
  ];
  for (const attempt of await Promise.allSettled(refused)) {
    expect(attempt).toMatchObject({ status: 'rejected', reason: { name: 'EngineError' } });
  }
  const target = { organizationId: there.id, packageNumber: 1, userIds: [ana] };
  const { hash: planHash, people } = await countUnassignment(test.database.prisma, target);
  expect(people).toBe(0);
  const { outcome } = await unassignPackage(context, { ...base(), number: 1, userIds: [ana], planHash });
  expect(outcome).toMatchObject({ people: 0, taken: 0 });
  const where = { organizationId: here.id };
  expect(await test.database.prisma.appAuth.findMany({ where })).toMatchObject([{ value: 'view', active: true }]);
  expect(await test.database.prisma.assignment.count({ where: { ...where, state: 'active' } })).toBe(2);
});

it('no screen shows another organization by its ids', async () => {
  const actor = await stranger();
  const { context } = there;
  const permissionId = here.permissions['registry/records'];
  const filter = { kinds: null, text: '', changedSince: null };
  const page = { filter, offset: 0, limit: 20 };
  const whole = { number: 1, permissionId: null, userId: null };
  expect((await syncPage(context, actor, whole, choices, page)).rows).toEqual([]);
  const refused = [
    syncPage(context, actor, { ...whole, number: 7 }, choices, page),
    syncPage(context, actor, { ...whole, userId: ana }, choices, page),
    previewSync(context, actor, { ...whole, permissionId }, choices),
    previewUnassignment(context, actor, 1, [ana]),
  ];
  for (const attempt of await Promise.allSettled(refused)) {
    expect(attempt).toMatchObject({ status: 'rejected', reason: { name: 'EngineError' } });
  }
});
