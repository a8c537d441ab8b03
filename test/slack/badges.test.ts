import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { TestOrganization } from '../support/organization.ts';
import { type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test);
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const records = 'registry/records';
const grades = 'registry/grades';
type Arrange = (organization: TestOrganization, userId: number) => Promise<unknown>;

/** Package 1 gives records `edit` (REG), and gave grades `view`, which was removed. */
const CASES: [badge: string, why: string, arrange: Arrange][] = [
  [
    'Active',
    'Given by package:1 as `edit` (REG). Already in sync.',
    (o, id) => o.addRow(id, records, { value: 'edit', param: 'REG', packageNumber: 1 }),
  ],
  [
    'Manual (coincident)',
    'Set by hand to `edit` (REG). Can be synced.',
    (o, id) => o.addRow(id, records, { value: 'edit', param: 'REG' }),
  ],
  [
    'Divergent (Value)',
    'Given by package:1 as `view` (REG); the package says `edit` (REG). Can be synced.',
    (o, id) => o.addRow(id, records, { value: 'view', param: 'REG', packageNumber: 1 }),
  ],
  [
    'Divergent (Param)',
    'Set by hand to `edit` (All structures); the package says `edit` (REG). Can be synced.',
    (o, id) => o.addRow(id, records, { value: 'edit', param: '*' }),
  ],
  [
    'Divergent (All)',
    'Set by hand to `admin`; the package says `edit` (REG). Can be synced.',
    (o, id) => o.addRow(id, records, { value: 'admin' }),
  ],
  [
    'Active Legacy',
    'Given by package:1 as `view`. Not syncable: manage it in Manage Permissions.',
    (o, id) => o.addRow(id, grades, { value: 'view', packageNumber: 1 }),
  ],
  [
    'Active Manual',
    'Set by hand to `enter`. Not syncable: manage it in Manage Permissions.',
    (o, id) => o.addRow(id, grades, { value: 'enter' }),
  ],
  ['Not granted', 'Nothing gives it. Can be synced.', async () => undefined],
  [
    'Disabled Manual',
    'Disabled by hand. Can be synced.',
    (o, id) => o.addRow(id, records, { value: 'edit', reason: 'manual' }),
  ],
  [
    'Archived',
    'Inactive since the permission was removed from the package. Not syncable: no longer in effect.',
    (o, id) => o.addRow(id, grades, { value: 'view', packageNumber: 1, reason: 'removal' }),
  ],
  [
    'Profile: Reader',
    'Profile Reader gives `view`; the package says `edit` (REG). Can be synced.',
    (o, id) => o.addProfile('Reader', records, 'view', id),
  ],
  [
    'Auto (Rota)',
    'Rule Rota gives `edit`; the package says `edit` (REG). Can be synced.',
    (o, id) => o.addRule('Rota', records, 'edit', id),
  ],
  [
    'Other Package (package:2)',
    'Given by package:2 as `admin` (All structures). Not syncable: manage it from that other package.',
    (o, id) => o.addRow(id, records, { value: 'admin', param: '*', packageNumber: 2 }),
  ],
];

describe('the badges of a person', () => {
  it('are the words of the product, each with its reason', async () => {
    const { organization, admin } = city;
    await organization.addPackage(1, { [records]: ['edit', 'REG'], [grades]: ['view'] });
    await organization.addPackage(2, { [records]: ['admin', '*'] });
    const permissionId = organization.permissions[grades];
    const where = { organizationId: organization.id, permissionId };
    await test.database.prisma.packagePermission.updateMany({ where, data: { live: false } });
    for (const [index, [badge, why, arrange]] of CASES.entries()) {
      const code = `P${index}`;
      const [userId = 0] = await organization.addUsers(code);
      await organization.addMember(1, userId);
      await arrange(organization, userId);
      await admin.command(`/package status 1 ${code}`);
      const screen = await admin.waitForScreen(`\`${code}\` in *package:1*`);
      expect(screen).toContain(`*${badge}* — ${why}`);
      expect(screen).toContain(':red_circle: Removed · *Student Registry · Grades*');
    }
  });

  it('show a founder and a former member as such', async () => {
    const { organization, admin } = city;
    await organization.addPackage(1, { [records]: ['edit', 'REG'] });
    await organization.addMember(1, await organization.addFounder('BOSS'));
    const [userId = 0] = await organization.addUsers('ANA');
    await organization.addMember(1, userId, 'former');
    await organization.addRow(userId, records, { value: 'edit', packageNumber: 1, reason: 'unassignment' });
    await admin.command('/package status 1 BOSS');
    await admin.waitForScreen(
      '*Founder* — Founders have full access; nothing is written for them. Not syncable: a founder always has full access.',
    );
    await admin.command('/package status 1 ANA');
    await admin.waitForScreen(
      '*Disabled Assignment* — Inactive since the package was unassigned. Not syncable: re-assign the package first.',
    );
  });
});
