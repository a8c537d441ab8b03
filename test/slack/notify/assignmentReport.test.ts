import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { findAssignmentRecord } from '../../../src/engine/readModels/assignmentReport.ts';
import { countPreflight } from '../../../src/persistence/assignCells.ts';
import { assignmentPdf } from '../../../src/slack/notify/assignmentReport.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization } from '../../support/organization.ts';
import { readPdf } from '../../support/pdfText.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function bytesOf(pdf: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of pdf) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it('prints the same bytes again from stored data, whatever has been renamed or changed since', async () => {
  const { prisma } = test.database;
  const organization = await createOrganization(test.database);
  const { id: organizationId, context } = organization;
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
  const [ana = 0, ben = 0] = await organization.addUsers('ANA', 'BEN');
  const boss = await organization.addFounder('BOSS');
  await prisma.user.update({
    where: { organizationId_id: { organizationId, id: ben } },
    data: { name: 'Γιώργος Żeromski' },
  });
  await organization.addRow(ana, 'registry/records', { value: 'view', param: '*' });
  await organization.addProfile('Reader', 'registry/open', 'granted', ben);
  const userIds = [ana, ben, boss];
  const { hash } = await countPreflight(prisma, { organizationId, packageNumber: 1, userIds });
  const { operationId } = await assignPackage(context, {
    ...{ actor: organization.admin, key: randomUUID(), number: 1, userIds, planHash: hash },
    choices: {
      keepPackage: false,
      exceptions: [{ userId: ben, permissionId: organization.permissions['registry/open'] }],
    },
  });
  const print = async () => {
    const record = await findAssignmentRecord(context, organizationId, operationId);
    if (!record) throw new Error('There is no record of the assignment');
    return bytesOf(assignmentPdf(record));
  };
  const first = await print();

  await prisma.user.updateMany({ where: { organizationId }, data: { name: 'Somebody Else' } });
  await prisma.package.updateMany({ where: { organizationId }, data: { name: 'Renamed' } });
  await prisma.permission.updateMany({ where: { organizationId }, data: { name: 'Renamed' } });
  await prisma.appAuth.updateMany({ where: { organizationId }, data: { active: false, reason: 'manual' } });
  await prisma.organization.update({ where: { id: organizationId }, data: { name: 'Renamed' } });
  const second = await print();

  expect(createHash('sha256').update(second).digest('hex')).toBe(createHash('sha256').update(first).digest('hex'));
  const { text } = readPdf(first);
  for (const said of [
    'Test City',
    'Package 1',
    'Γιώργος Żeromski',
    'Keep Original',
    'Keep Package',
    'Divergent (All)',
    hash,
  ]) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain('Renamed');
});
