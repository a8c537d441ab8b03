import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN', 'CLERK'] });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

/** Gives somebody a name of their own, in the directory and its search text. */
async function rename(code: string, name: string, searchText: string) {
  const { database, id } = { database: test.database, id: city.organization.id };
  await database.prisma.user.updateMany({ where: { organizationId: id, code }, data: { name, searchText } });
}

async function openAssign(command = '/package assign 1') {
  await admin.command(command);
  await admin.waitForModal('Assign a package');
}

describe('choosing whom a package is assigned to', () => {
  it.each([
    ['the personal code', 'ana'],
    ['a part of the name, without its accents', 'Muñoz'],
    ['the name in plain letters', 'munoz jose'],
    ['the e-mail', 'ana@test.example'],
  ])('finds people by %s', async (_how, typed) => {
    await rename('ANA', 'José Muñoz', 'ana jose munoz ana@test.example');
    await openAssign();
    const found = await admin.suggest('people', typed);
    expect(found).toEqual([{ label: 'ANA · José Muñoz', value: String(city.idOf('ANA')) }]);
  });

  it('finds nobody for text that fits nobody, and everybody for none', async () => {
    await openAssign();
    expect(await admin.suggest('people', 'zzz')).toEqual([]);
    expect((await admin.suggest('people', '')).map(({ label }) => label)).toEqual([
      'ADMIN · Person ADMIN',
      'ANA · Person ANA',
      'BEN · Person BEN',
      'CLERK · Person CLERK',
    ]);
  });

  it('offers active packages alone where none was named', async () => {
    await city.organization.addPackage(2, {});
    const where = { organizationId: city.organization.id, number: 2 };
    await test.database.prisma.package.updateMany({ where, data: { state: 'disabled' } });
    await openAssign('/package assign');
    expect(await admin.suggest('package', '')).toEqual([{ label: 'package:1 Package 1', value: '1' }]);
    await admin.pick('package', '', '1');
    await admin.pick('people', 'ben', 'BEN · Person BEN');
    await admin.submit();
    expect(await admin.waitForScreen('1 person gets the package')).toContain('*package:1* Package 1');
  });

  it.each(['1 @person.ana', '1 ana', 'Package 1 @person.ana'])(
    'takes the person named in the command: %s',
    async (rest) => {
      await openAssign(`/package assign ${rest}`);
      expect(await admin.screen()).toContain('<ANA · Person ANA>');
      await admin.submit();
      await admin.waitForScreen('1 person gets the package');
    },
  );

  it('takes a pasted list in any case, with duplicates, beside people who were picked', async () => {
    await openAssign();
    await admin.pick('people', 'ana', 'ANA · Person ANA');
    await admin.fill('codes', 'ben, BEN;Ben\nclerk\tANA');
    await admin.submit();
    await admin.waitForScreen('3 people get the package');
  });

  it('names the codes of nobody beside the box, keeps what was typed, and goes on once they are corrected', async () => {
    await openAssign();
    const typos = Array.from({ length: 12 }, (_, index) => `TYPO${index}`);
    await admin.fill('codes', `ANA ${typos.join(' ')}`);
    const refused = await admin.submit();
    expect(refused.outcome).toBe('errors');
    expect(Object.keys(refused.errors ?? {})).toEqual(['codes']);
    expect(refused.errors?.codes).toMatch(/Nobody has the code “TYPO0”, .*“TYPO9” and 2 more\./);
    expect(await admin.screen()).toContain('ANA TYPO0');
    await admin.fill('codes', 'ANA');
    await admin.submit();
    await admin.waitForScreen('1 person gets the package');
  });

  it('asks for somebody where nobody was chosen', async () => {
    await openAssign();
    const refused = await admin.submit();
    expect(refused.errors).toEqual({ people: 'Choose at least one person, by any of the ways below.' });
  });

  it('says what is wrong with a package or a person named in the command', async () => {
    await admin.command('/package assign 7');
    await admin.waitForScreen('There is no package “7”.');
    await admin.command('/package assign Nowhere & <nothing>');
    expect(await admin.waitForScreen('There is no package “Nowhere')).toContain('“Nowhere &amp; &lt;nothing&gt;”');
    await city.organization.addPackage(2, {});
    const where = { organizationId: city.organization.id, number: 2 };
    await test.database.prisma.package.updateMany({ where, data: { state: 'disabled' } });
    await admin.command('/package assign 2');
    await admin.waitForScreen('package:2 Package 2 is disabled. Enable it before assigning it.');
  });

  it('is refused to an employee, who is told which right it needs', async () => {
    const clerk = city.as('CLERK');
    await clerk.command('/package assign 1 @person.ana');
    const screen = await clerk.waitForScreen('This needs the right to assign packages, which you do not have.');
    expect(screen).not.toContain('ANA');
    expect(await test.database.prisma.draft.count({ where: { organizationId: city.organization.id } })).toBe(0);
  });
});
