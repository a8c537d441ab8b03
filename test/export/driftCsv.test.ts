import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { everyStatus } from './everyStatus.ts';
import { exportLines } from './support.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const drift = (number: number | null) => ({ kind: 'drift', number }) as const;

describe('the CSV of drift', () => {
  it('has what is neither Active nor Founder, and tells access from source', async () => {
    const organization = await everyStatus(test.database);
    const lines = await exportLines(organization, drift(1));
    expect(lines.map((line) => [line['Personal code'], line.Badge, line.Value, line.Source, line.Drift])).toEqual([
      ['A02', 'Manual (coincident)', 'edit', 'manual', 'source drift'],
      ['A03', 'Divergent (Value)', 'view', 'package:1', 'access drift'],
      ['A04', 'Divergent (Param)', 'edit', 'manual', 'access drift'],
      ['A05', 'Divergent (All)', 'admin', 'manual', 'access drift'],
      ['A06', 'Not granted', '', '', 'access drift'],
      ['A07', 'Not granted', '', '', 'access drift'],
      ['A08', 'Not granted', '', '', 'access drift'],
      ['A09', 'Disabled Manual', '', '', 'access drift'],
      ['A10', 'Not granted', '', '', 'access drift'],
      ['A11', 'Profile: Reader', 'view', 'profile:Reader', 'access drift'],
      ['A12', 'Auto (Rota)', 'edit', 'rule:Rota', 'access drift'],
      ['A13', 'Other Package (package:2)', 'edit', 'package:2', 'source drift'],
      // What a disabled package gave is suspended: the person has nothing
      ['A15', 'Other Package (package:3)', '', '', 'access drift'],
    ]);
    expect(new Set(lines.map((line) => line.Dot))).toEqual(new Set(['green (Live)']));
    expect(await exportLines(organization, drift(1), { members: 2, people: 1 })).toEqual(lines);
    expect(await exportLines(organization, drift(3))).toEqual([]);
    expect(await exportLines(organization, drift(null))).toEqual(lines);
  });

  it('calls a suspended access by what gives the same instead', async () => {
    const organization = await createOrganization(test.database);
    await organization.addPackage(1, { 'tickets/open': ['granted'] });
    await organization.addPackage(2, {});
    const [ana = 0] = await organization.addUsers('ANA');
    await organization.addMember(1, ana);
    await organization.addRow(ana, 'tickets/open', { value: 'granted', packageNumber: 2 });
    await organization.addRule('Everybody', 'tickets/open', 'granted', ana);
    const two = { organizationId: organization.id, number: 2 };
    await test.database.prisma.package.updateMany({ where: two, data: { state: 'disabled' } });
    expect(await exportLines(organization, drift(1))).toMatchObject([
      { Badge: 'Other Package (package:2)', Source: 'rule:Everybody', Drift: 'source drift', Accepted: 'no' },
    ]);
  });
});

/** Package 1 was assigned to ANA, who had the records by hand and kept them. */
async function keptOriginal(): Promise<{ organization: TestOrganization; ana: number }> {
  const { prisma } = test.database;
  const organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/records': ['edit', 'REG'], 'registry/open': ['granted'] });
  const [ana = 0] = await organization.addUsers('ANA');
  await organization.addRow(ana, 'registry/records', { value: 'view', param: 'REG' });
  const target = { organizationId: organization.id, packageNumber: 1, userIds: [ana] };
  const { hash: planHash } = await countPreflight(prisma, target);
  const choices = { keepPackage: false, exceptions: [] };
  const command = { actor: organization.admin, key: randomUUID(), number: 1, userIds: [ana], choices, planHash };
  await assignPackage(organization.context, command);
  return { organization, ana };
}

describe('a deviation that was accepted', () => {
  const acceptedIn = async (organization: TestOrganization) =>
    (await exportLines(organization, drift(1))).map((line) => [line.Permission, line.Accepted]);

  it('is told as accepted', async () => {
    const { organization } = await keptOriginal();
    expect(await acceptedIn(organization)).toEqual([['Student records', 'yes']]);
  });

  it('is news again when the package’s value changes', async () => {
    const { organization } = await keptOriginal();
    const where = { organizationId: organization.id, permissionId: organization.permissions['registry/records'] };
    await test.database.prisma.packagePermission.updateMany({ where, data: { value: 'admin' } });
    expect(await acceptedIn(organization)).toEqual([['Student records', 'no']]);
  });

  it('is news again when the person’s access is written anew', async () => {
    const { organization, ana } = await keptOriginal();
    const where = { userId: ana, permissionId: organization.permissions['registry/records'] };
    await test.database.prisma.appAuth.updateMany({ where, data: { operationId: 12345 } });
    expect(await acceptedIn(organization)).toEqual([['Student records', 'no']]);
  });
});
