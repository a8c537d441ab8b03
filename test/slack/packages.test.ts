import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { searchText } from '../../src/engine/core/searchText.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'] });
  admin = city.admin;
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** Adds packages 1 to `count`, named as told. */
async function addPackages(count: number, nameOf: (number: number) => string) {
  await test.database.prisma.package.createMany({
    data: Array.from({ length: count }, (_, index) => {
      const name = nameOf(index + 1);
      return { organizationId: city.organization.id, number: index + 1, name, searchText: searchText(name) };
    }),
  });
}

describe('the list of packages', () => {
  it('shows twenty at a time, and the filter stays while paging', async () => {
    await addPackages(50, (number) => (number <= 45 ? `Clerk ${number}` : `Dean ${number}`));
    await admin.command('/package list clerk');
    const first = await admin.waitForScreen('1–20 of 45');
    expect(first).toContain('<clerk>');
    await admin.click('Next ›');
    await admin.waitForScreen('21–40 of 45');
    await admin.click('Next ›');
    const last = await admin.waitForScreen('41–45 of 45');
    expect(last).toContain('<clerk>');
    expect(last).toContain('Clerk 45');
    expect(last).not.toContain('Dean');
    await admin.fill('list_filter', 'dean');
    await admin.pressEnter('list_filter');
    expect(await admin.waitForScreen('Dean 46')).not.toContain('Clerk');
    await admin.fill('list_filter', 'DÉAN 50');
    await admin.submit();
    const found = await admin.waitForScreen('<DÉAN 50>');
    expect(found).toContain('Dean 50');
    expect(found).not.toContain('Dean 46');
  });

  it('says that nothing was found, and that there is none at all', async () => {
    await admin.command('/package list');
    await admin.waitForScreen('There is no package yet.');
    await addPackages(1, () => 'Clerk');
    await admin.command('/package list R&D <team>');
    const screen = await admin.waitForScreen('Nothing found for “R&amp;D &lt;team&gt;”.');
    expect(screen).toContain('<R&D <team>>');
  });

  it('shows who wrote what as it was written, and never as a mention or a link', async () => {
    await addPackages(1, () => '<confidential> R&D *all* <!channel>');
    await admin.command('/package list r&d');
    const list = await admin.waitForScreen('*package:1* &lt;confidential&gt; R&amp;D *all* &lt;!channel&gt;');
    expect(list).toContain('0 permissions · 0 active assignees · 0 former');
    await admin.click('Open');
    expect(await admin.waitForScreen('# package:1')).toContain('## <confidential> R&D *all* <!channel>');
  });
});

describe('showing a package', () => {
  it('finds it by number, reference and a part of the name', async () => {
    await addPackages(2, (number) => (number === 1 ? 'Registry clerk' : 'Deanery'));
    for (const typed of ['1', 'package:1', 'clerk', 'REGISTRY CLERK']) {
      await admin.command(`/package show ${typed}`);
      await admin.waitForScreen('## Registry clerk');
      await admin.close();
    }
  });

  it('names those that match where there are several, and takes an exact name among them', async () => {
    await addPackages(3, (number) => ['Clerk', 'Clerk & dean', 'Other'][number - 1] ?? '');
    await admin.command('/package show cle');
    await admin.waitForScreen(
      'Several packages match “cle”: package:1 Clerk, package:2 Clerk &amp; dean. Use the number.',
    );
    await admin.command('/package show clerk');
    await admin.waitForScreen('## Clerk');
    await admin.command('/package show zzz');
    await admin.waitForScreen('There is no package “zzz”.');
    await admin.command('/package show');
    await admin.waitForScreen('There is no package');
  });

  it('shows permissions with dots and words, and warns where MAIN is missing', async () => {
    await city.organization.addPackage(1, { 'registry/records': ['edit', 'REG'], 'tickets/open': ['granted'] });
    const where = {
      organizationId: city.organization.id,
      permissionId: city.organization.permissions['tickets/open'],
    };
    await test.database.prisma.packagePermission.updateMany({ where, data: { live: false } });
    await admin.command('/package show 1');
    const screen = await admin.waitForScreen('# package:1');
    expect(screen).toContain('*Student Registry*: the package lacks *Open the registry* (MAIN).');
    expect(screen).toContain(':large_green_circle: Live · *Student Registry · Student records*\n`edit` (REG)');
    expect(screen).toContain(':red_circle: Removed · *Help Desk · Open the help desk `MAIN`*\n`granted`');
    expect(screen).not.toContain('*Help Desk*: the package lacks');
    expect(screen).toContain('[Permissions (1)] [Active Assignees (0)] [Former / Disabled (0)]');
  });

  it('shows members twenty at a time with their statuses, and finds one without accents', async () => {
    const { organization } = city;
    await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
    const codes = Array.from({ length: 23 }, (_, index) => `P${100 + index}`);
    const userIds = await organization.addUsers(...codes);
    for (const userId of userIds) await organization.addMember(1, userId);
    const [first = 0, second = 0] = userIds;
    await organization.addRow(first, 'registry/open', { value: 'granted', packageNumber: 1 });
    await organization.addRow(first, 'registry/records', { value: 'view', param: 'REG', packageNumber: 1 });
    const name = { name: 'Zoë Müller', searchText: searchText('P101', 'Zoë Müller') };
    await test.database.prisma.user.updateMany({ where: { id: second }, data: name });
    await admin.command('/package show 1');
    await admin.waitForScreen('# package:1');
    await admin.click('Active Assignees (23)');
    const page = await admin.waitForScreen('1–20 of 23');
    expect(page).toContain('Statuses of Active Assignees — Not granted: *44* · Active: *1* · Divergent (Value): *1*');
    expect(page).toContain('*Person P100* `P100`\nActive 1 · Divergent (Value) 1');
    await admin.click('Next ›');
    expect(await admin.waitForScreen('21–23 of 23')).toContain('`P122`');
    await admin.fill('package_member_filter', 'muller zoe');
    await admin.pressEnter('package_member_filter');
    const found = await admin.waitForScreen('*Zoë Müller* `P101`');
    expect(found).not.toContain('P100');
    await admin.fill('package_member_filter', 'nobody');
    await admin.submit();
    await admin.waitForScreen('Nothing found for “nobody”.');
    await admin.click('Former / Disabled (0)');
    await admin.waitForScreen('Nobody had this package and lost it.');
  });

  it('shows former members with what they still have', async () => {
    const { organization, idOf } = city;
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await organization.addMember(1, idOf('ANA'), 'former');
    await organization.addMember(1, idOf('BEN'), 'former');
    await organization.addRow(idOf('ANA'), 'registry/records', { value: 'view' });
    await admin.command('/package show 1');
    await admin.waitForScreen('# package:1');
    await admin.click('Former / Disabled (2)');
    const screen = await admin.waitForScreen('*Person ANA* `ANA`\nDivergent (All) 1');
    expect(screen).toContain('*Person BEN* `BEN`\nDisabled Assignment 1');
  });

  it('offers who may only look nothing to change', async () => {
    await addPackages(1, () => 'Clerk');
    await test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: city.idOf('ANA'), metaPermission: 'view' },
    });
    await city.as('ANA').command('/package show 1');
    const screen = await city.as('ANA').waitForScreen('## Clerk');
    expect(screen).toContain('[‹ All packages]');
    for (const button of ['Add User', 'Add Permission', 'Edit', 'Disable']) expect(screen).not.toContain(`[${button}]`);
  });
});
