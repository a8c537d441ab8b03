import { randomUUID } from 'node:crypto';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import type { Database } from '../../src/persistence/database.ts';
import {
  createOrganization,
  type PermissionName,
  type TestOrganization,
  type TestRow,
} from '../support/organization.ts';

const records = 'registry/records';
const grades = 'registry/grades';

const ROWS: [code: string, permission: PermissionName, row: TestRow][] = [
  ['A02', records, { value: 'edit', param: 'REG' }],
  ['A03', records, { value: 'view', param: 'REG', packageNumber: 1 }],
  ['A04', records, { value: 'edit', param: '*' }],
  ['A05', records, { value: 'admin' }],
  ['A06', grades, { value: 'view', packageNumber: 1 }],
  ['A07', grades, { value: 'enter', param: 'REG' }],
  ['A09', records, { value: 'edit', reason: 'manual' }],
  ['A10', grades, { value: 'view', packageNumber: 1, reason: 'removal' }],
  ['A11', records, { value: 'edit', param: 'REG', packageNumber: 1, reason: 'unassignment' }],
  ['A13', records, { value: 'edit', param: 'REG', packageNumber: 2 }],
  ['A14', records, { value: 'edit', param: 'REG', packageNumber: 1, reason: 'unassignment' }],
  ['A15', records, { value: 'edit', param: 'REG', packageNumber: 3 }],
];

/**
 * An organization in which package 1 has members with every status: it gives records `edit` (REG), and gave grades `view`,
 * which was removed. Package 2 also gives the records; package 3, which did, is disabled.
 */
export async function everyStatus(database: Database): Promise<TestOrganization> {
  const { prisma } = database;
  const organization = await createOrganization(database);
  const { id: organizationId, permissions, context, admin } = organization;
  await organization.addPackage(1, { [records]: ['edit', 'REG'], [grades]: ['view'] });
  await organization.addPackage(2, { [records]: ['edit', 'REG'] });
  await organization.addPackage(3, { [records]: ['edit', 'REG'] });
  await prisma.package.updateMany({ where: { organizationId, number: 3 }, data: { state: 'disabled' } });
  const removed = { organizationId, packageNumber: 1, permissionId: permissions[grades] };
  await prisma.packagePermission.updateMany({ where: removed, data: { live: false } });
  const codes = Array.from({ length: 15 }, (_, index) => `A${String(index + 1).padStart(2, '0')}`);
  const ids = new Map<string, number>();
  for (const [index, userId] of (await organization.addUsers(...codes)).entries()) ids.set(codes[index] ?? '', userId);
  const idOf = (code: string) => ids.get(code) ?? 0;
  for (const code of codes.slice(1)) await organization.addMember(1, idOf(code), code === 'A14' ? 'former' : 'active');
  for (const [code, permission, row] of ROWS) await organization.addRow(idOf(code), permission, row);
  await organization.addProfile('Reader', records, 'view', idOf('A11'), idOf('A03'));
  await organization.addRule('Rota', records, 'edit', idOf('A11'), idOf('A12'));
  await organization.addMember(1, await organization.addFounder('B01'));
  // The first got it by an operation, so that somebody and some moment are known
  const target = { organizationId, packageNumber: 1, userIds: [idOf('A01')] };
  const { hash } = await countPreflight(prisma, target);
  const choices = { keepPackage: false, exceptions: [] };
  const command = { actor: admin, key: randomUUID(), number: 1, userIds: target.userIds, choices, planHash: hash };
  await assignPackage(context, command);
  return organization;
}
