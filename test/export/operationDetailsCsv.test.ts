import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { unassignPackage } from '../../src/engine/operations/unassignPackage.ts';
import { operationDetailsCsv } from '../../src/export/operationDetailsCsv.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { countUnassignment } from '../../src/persistence/unassignCells.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { bytesOf, readCsv } from './support.ts';

let test: TestDatabase;
let organization: TestOrganization;
let ids: number[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  ids = await organization.addUsers('ANA', 'BEN', 'CAT', 'DAN', 'EVE');
});

/** Assigns package 1; `keeping` the package's value for those people alone. */
async function assign(userIds: number[], keeping: number[] = []): Promise<number> {
  const { id: organizationId, admin: actor, context, permissions } = organization;
  const { hash: planHash } = await countPreflight(test.database.prisma, { organizationId, packageNumber: 1, userIds });
  const exceptions = keeping.map((userId) => ({ userId, permissionId: permissions['registry/records'] }));
  const choices = { keepPackage: false, exceptions };
  const command = { actor, key: randomUUID(), number: 1, userIds, choices, planHash };
  return (await assignPackage(context, command)).operationId;
}

async function unassign(userIds: number[]): Promise<number> {
  const { id: organizationId, admin: actor, context } = organization;
  const target = { organizationId, packageNumber: 1, userIds };
  const { hash: planHash } = await countUnassignment(test.database.prisma, target);
  const done = await unassignPackage(context, { actor, key: randomUUID(), number: 1, userIds, planHash });
  return done.operationId;
}

async function detailsOf(operationId: number, peoplePerPage?: number): Promise<string[][]> {
  const { context, id } = organization;
  const lines = readCsv(await bytesOf(operationDetailsCsv(context, id, operationId, peoplePerPage)));
  return lines.map((line) => [
    ...[line['Personal code'], line.Permission, line.MAIN, line['Status before'], line.Decision],
    ...[`${line['Value before']}/${line['Parameter before']}/${line['Source before']}`],
    ...[`${line['Value after']}/${line['Parameter after']}/${line['Source after']}`, line.Note],
  ]) as string[][];
}

describe('the CSV of an assignment', () => {
  it('tells what each had and got, also what was granted where nothing was before', async () => {
    const [ana = 0, ben = 0, cat = 0, dan = 0, eve = 0] = ids;
    const boss = await organization.addFounder('BOSS');
    await organization.addRow(ana, 'registry/records', { value: 'view', param: '*' });
    await organization.addRow(ben, 'registry/records', { value: 'view', param: 'REG', packageNumber: 2 });
    await organization.addProfile('Reader', 'registry/records', 'view', cat);
    await organization.addRow(dan, 'registry/records', { value: 'edit', reason: 'manual' });
    await organization.addMember(1, eve);
    const operationId = await assign([...ids, boss], [ben]);
    const expected = [
      ['ANA', 'Open the registry', 'MAIN', 'Not granted', 'written', '//', 'granted//package:1', ''],
      ['ANA', 'Student records', '', 'Divergent (All)', 'kept', 'view/*/manual', 'view/*/manual', ''],
      ['BEN', 'Open the registry', 'MAIN', 'Not granted', 'written', '//', 'granted//package:1', ''],
      [
        ...['BEN', 'Student records', '', 'Other Package (package:2)', 'written'],
        ...['view/REG/package:2', 'edit/REG/package:1', ''],
      ],
      ['CAT', 'Open the registry', 'MAIN', 'Not granted', 'written', '//', 'granted//package:1', ''],
      ['CAT', 'Student records', '', 'Profile: Reader', 'kept', 'view//profile:Reader', 'view//profile:Reader', ''],
      ['DAN', 'Open the registry', 'MAIN', 'Not granted', 'written', '//', 'granted//package:1', ''],
      ['DAN', 'Student records', '', 'Disabled Manual', 'kept', '//', '//', ''],
    ];
    expect(await detailsOf(operationId)).toEqual(expected);
    expect(await detailsOf(operationId, 1)).toEqual(expected);
    // What it did stays what it did
    await test.database.prisma.permission.updateMany({
      where: { organizationId: organization.id },
      data: { name: '?' },
    });
    await unassign(ids.slice(0, 4));
    expect(await detailsOf(operationId, 3)).toEqual(expected);
  });

  it('tells of somebody who comes back that the assignment was disabled', async () => {
    const [ana = 0] = ids;
    await organization.addMember(1, ana, 'former');
    await organization.addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1, reason: 'unassignment' });
    expect(await detailsOf(await assign([ana]))).toEqual([
      ['ANA', 'Open the registry', 'MAIN', 'Disabled Assignment', 'written', '//', 'granted//package:1', ''],
      ['ANA', 'Student records', '', 'Disabled Assignment', 'written', '//', 'edit/REG/package:1', ''],
    ]);
  });
});

describe('the CSV of another operation', () => {
  it('tells what was taken away, and where something else has been written since', async () => {
    const [ana = 0, ben = 0] = ids;
    await assign([ana, ben]);
    const operationId = await unassign([ana, ben]);
    const { permissions } = organization;
    const where = { userId: ben, permissionId: permissions['registry/records'] };
    const byHand = { packageNumber: null, active: true, reason: null, operationId: operationId + 1 };
    await test.database.prisma.appAuth.updateMany({ where, data: byHand });
    expect(await detailsOf(operationId)).toEqual([
      ['ANA', 'Open the registry', 'MAIN', '', 'written', 'granted//package:1', '//', 'inactive'],
      ['ANA', 'Student records', '', '', 'written', 'edit/REG/package:1', '//', 'inactive'],
      ['BEN', 'Open the registry', 'MAIN', '', 'written', 'granted//package:1', '//', 'inactive'],
      ['BEN', 'Student records', '', '', 'written', 'edit/REG/package:1', '//', 'changed since'],
    ]);
  });

  it('tells what an operation left active', async () => {
    const [ana = 0] = ids;
    await assign([ana]);
    const operationId = await unassign([ana]);
    const where = { userId: ana, operationId };
    await test.database.prisma.appAuth.updateMany({ where, data: { active: true, reason: null, packageNumber: null } });
    expect((await detailsOf(operationId)).map((line) => line.slice(-2))).toEqual([
      ['granted//manual', ''],
      ['edit/REG/manual', ''],
    ]);
  });
});

it('fails for an operation of another organization', async () => {
  const operationId = await assign(ids);
  const other = await createOrganization(test.database);
  const details = operationDetailsCsv(other.context, other.id, operationId);
  await expect(bytesOf(details)).rejects.toThrow(`There is no operation ${operationId}`);
});
