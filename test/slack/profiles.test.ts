import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MetaPermission } from '../../src/engine/core/metaPermissions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let clerk: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'CLERK', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' } },
    now: () => TEST_NOW,
  });
  clerk = city.as('CLERK');
  await allow('CLERK', 'define_profiles', 'assign_profiles');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function allow(code: string, ...metaPermissions: MetaPermission[]): Promise<void> {
  const holder = { organizationId: city.organization.id, userId: city.idOf(code) };
  const data = metaPermissions.map((metaPermission) => ({ ...holder, metaPermission }));
  await test.database.prisma.metaPermission.createMany({ data });
}

describe('defining and assigning a profile', () => {
  it('leads from the list through previews to what people get, and tells them', async () => {
    await clerk.command('/package profiles');
    await clerk.waitForScreen('There is no profile yet.');
    await clerk.click('New profile');
    await clerk.waitForScreen('# New profile');
    const offered = await clerk.suggest('Application', '');
    expect(offered.map(({ label }) => label)).toEqual(['Student Registry']);
    await clerk.pick('Application', 'regis', 'Student Registry');
    await clerk.fill('Name', 'Reader <1>');
    await clerk.submit();
    const created = await clerk.waitForScreen('The profile *Reader &lt;1&gt;* was created.');
    expect(created).toContain('This profile gives nothing yet.');

    await clerk.click('Add Permission');
    await clerk.waitForScreen('# Add Permission');
    await clerk.pick('Permission', 'records', 'Student records');
    await clerk.waitForScreen('Structures (parameter)');
    expect(await clerk.submit()).toMatchObject({ outcome: 'errors' });
    await clerk.select('Value', 'edit');
    await clerk.click('Take all structures (*)');
    await clerk.waitForScreen('Selected: *all structures*');
    await clerk.submit();
    const preview = await clerk.waitForScreen('also gives *Student Registry · Student records*');
    expect(preview).toContain('Nobody is concerned yet.');
    await clerk.click('‹ Change it');
    await clerk.waitForScreen('# Add Permission');
    await clerk.select('Value', 'view');
    await clerk.submit();
    await clerk.waitForScreen('`view` (All structures)');
    await clerk.submit();
    const withOne = await clerk.waitForScreen('Saved. Nobody’s access changed.');
    expect(withOne).toContain('lacks *Open the registry* (MAIN)');
    expect(withOne).toContain('*Student records*\n`view` (All structures)');

    await city.organization.addRow(city.idOf('BEN'), 'registry/records', { value: 'admin' });
    await clerk.click('Assign to people');
    await clerk.waitForScreen('# Assign profile');
    expect(await clerk.submit()).toMatchObject({ outcome: 'errors' });
    await clerk.pick('People', 'ANA', 'ANA · Person ANA');
    await clerk.fill('source_codes', 'ben, NOPE');
    expect(await clerk.submit()).toMatchObject({ outcome: 'errors' });
    await clerk.fill('source_codes', 'ben eva');
    await clerk.submit();
    const assign = await clerk.waitForScreen('is assigned to 3 people.');
    expect(assign).toContain(
      ':large_green_circle: 2 people gain access\n1 person keeps what they have: an authorization of their own wins',
    );
    expect(assign).toContain('2 people get something of an application without its MAIN permission');
    expect(assign).toContain('*Person ANA* `ANA`\n• Student Registry · Student records: gets `view` (All structures)');
    expect(assign).not.toContain('Person BEN');
    await clerk.submit();
    const people = await clerk.waitForScreen('Saved. The access of 2 people changed');
    expect(people).toContain('[People (3)]');
    await city.bench.app.outbox.idle();
    await city
      .as('ANA')
      .waitForMessage(
        'You now have:\n• *Student Registry · Student records*: `view` (All structures)\nPlease *log out',
      );
    await city.as('EVA').waitForMessage('Ahora tiene:\n• *Student Registry · Student records*: `view`');
    expect(await city.as('BEN').messages(city.slackIdOf('BEN'))).toEqual([]);

    await clerk.fill('Find a person by code, name or e-mail', 'ana');
    await clerk.submit();
    await clerk.waitForScreen('*Person ANA* `ANA`');
    await clerk.click('Unassign…');
    await clerk.waitForScreen('is taken from 1 person.');
    await clerk.submit();
    await clerk.waitForScreen('[People (2)]');
    await clerk.click('Unassign people…');
    await clerk.waitForScreen('# Unassign profile');
    expect((await clerk.suggest('People', '')).map(({ value }) => value)).toEqual(
      [city.idOf('BEN'), city.idOf('EVA')].map(String),
    );
    await clerk.fill('source_codes', 'ANA');
    expect(await clerk.submit()).toMatchObject({ outcome: 'errors' });
  });

  it('renames, changes, removes and deletes, and shows what moved since', async () => {
    await city.organization.addProfile('Reader', 'registry/records', 'view', city.idOf('ANA'), city.idOf('BEN'));
    await city.organization.addProfile('Writer', 'registry/grades', 'enter');
    await clerk.command('/package profiles read');
    await clerk.waitForScreen('*Reader* · Student Registry\n_1 permission · 2 people_');
    await clerk.click('Open');
    await clerk.waitForScreen('## Reader');
    await clerk.click('Rename');
    await clerk.waitForScreen('# Rename profile');
    await clerk.fill('Name', 'WRITER');
    expect(await clerk.submit()).toMatchObject({
      outcome: 'errors',
      errors: { profile_name: 'The name “WRITER” is taken. Choose another.' },
    });
    await clerk.fill('Name', 'Viewer');
    await clerk.submit();
    await clerk.waitForScreen('is renamed *Viewer*.');
    await clerk.submit();
    await clerk.waitForScreen('## Viewer');

    const records = city.organization.permissions['registry/records'];
    await clerk.select(`profile_permission_menu_${records}`, 'Change value…');
    await clerk.waitForScreen('# Change permission');
    await clerk.select('Value', 'edit');
    await clerk.click('Take all structures (*)');
    await clerk.waitForScreen('Selected: *all structures*');
    await clerk.submit();
    const change = await clerk.waitForScreen('with `edit` (All structures) instead of `view`.');
    expect(change).toContain(':arrow_up: 2 people get a higher value');
    await city.organization.addRow(city.idOf('BEN'), 'registry/records', { value: 'view' });
    await clerk.submit();
    const moved = await clerk.waitForScreen('Something changed since you looked');
    expect(moved).toContain(':arrow_up: 1 person gets a higher value');
    await clerk.submit();
    await clerk.waitForScreen('Saved. The access of 1 person changed');

    await clerk.click('Delete…');
    await clerk.waitForScreen('is deleted, and taken from 2 people.');
    await clerk.submit();
    const list = await clerk.waitForScreen('*Writer* · Student Registry');
    expect(list).toContain('Saved. The access of 1 person changed');
    expect(list).not.toContain('Viewer');
  });

  it('speaks Spanish', async () => {
    await allow('EVA', 'define_profiles', 'assign_profiles');
    const eva = city.as('EVA');
    await city.organization.addProfile('Lector', 'registry/records', 'view', city.idOf('ANA'));
    await eva.command('/package profiles');
    await eva.waitForScreen('_1 permiso · 1 persona_');
    await eva.click('Abrir');
    await eva.waitForScreen('A este perfil le falta *Open the registry* (MAIN).');
    await eva.click('Eliminar…');
    const preview = await eva.waitForScreen('se elimina, y se quita a 1 persona.');
    expect(preview).toContain(':red_circle: 1 persona pierde acceso');
    expect(preview).toContain('• Student Registry · Student records: pierde `view`');
  });
});

describe('who sees what', () => {
  it('filters by application and pages', async () => {
    const { prisma } = test.database;
    const organizationId = city.organization.id;
    const { id } = await prisma.application.findFirstOrThrow({ where: { organizationId, key: 'registry' } });
    const other = await prisma.application.create({ data: { organizationId, key: 'lab', name: 'Lab' } });
    for (const key of ['a', 'b']) {
      const data = {
        organizationId,
        applicationId: other.id,
        key,
        name: key,
        levels: ['granted'],
        scope: 'none' as const,
      };
      await prisma.permission.create({ data });
    }
    const named = (n: number) => `Profile ${String(n).padStart(2, '0')}`;
    await prisma.profile.createMany({
      data: Array.from({ length: 23 }, (_, n) => ({ organizationId, applicationId: id, name: named(n) })),
    });
    await prisma.profile.create({ data: { organizationId, applicationId: other.id, name: 'Chemist' } });
    await clerk.command('/package profiles');
    const first = await clerk.waitForScreen('1–20 of 24');
    expect(first).toContain('*Chemist* · Lab');
    await clerk.click('Next ›');
    await clerk.waitForScreen('*Profile 22* · Student Registry');
    await clerk.pick('Application', 'lab', 'Lab');
    const lab = await clerk.waitForScreen('*Chemist* · Lab');
    expect(lab).not.toContain('Student Registry');
    expect(lab).not.toContain('of 24');
  });

  it('shows who may only view no way to change anything, and who may not view nothing', async () => {
    await city.organization.addProfile('Reader', 'registry/records', 'view', city.idOf('ANA'));
    await allow('BEN', 'view');
    const viewer = city.as('BEN');
    await viewer.command('/package profiles');
    const list = await viewer.waitForScreen('*Reader* · Student Registry');
    expect(list).not.toContain('New profile');
    await viewer.click('Open');
    const screen = await viewer.waitForScreen('## Reader');
    expect(screen).toContain('[‹ All profiles]');
    for (const button of ['Assign to people', 'Unassign', 'Add Permission', 'Rename', 'Delete'])
      expect(screen).not.toContain(button);
    await city.as('ANA').command('/package profiles');
    await city.as('ANA').waitForScreen('This needs the right to view, which you do not have.');
  });

  it('is missing where no application has more than one permission, and the help says why', async () => {
    const { prisma } = test.database;
    await prisma.permission.updateMany({
      where: { organizationId: city.organization.id, isMain: false },
      data: { retiredAt: TEST_NOW },
    });
    await clerk.command('/package help');
    await clerk.waitForMessage(
      'who has them _not here: no application has more than one permission (Simple App Mode)_',
    );
    await clerk.command('/package profiles');
    const screen = await clerk.waitForScreen('There are no profiles here');
    expect(screen).not.toContain('New profile');
    await clerk.close();
    await clerk.command('/package');
    expect(await clerk.waitForScreen('[Rules and groups]')).not.toContain('[Profiles]');
  });
});
