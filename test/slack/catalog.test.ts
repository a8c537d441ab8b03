import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MetaPermission } from '../../src/engine/core/metaPermissions.ts';
import { searchText } from '../../src/engine/core/searchText.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { PermissionName } from '../support/organization.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let cato: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  const profiles = { EVA: { locale: 'es-ES' } };
  city = await startSlackOrganization(test, { people: ['CATO', 'CORA', 'EVA', 'ANA'], profiles });
  for (const code of ['CATO', 'CORA', 'EVA']) await allow(code, 'manage_catalog');
  cato = city.as('CATO');
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const where = () => ({ organizationId: city.organization.id });
const idOf = (name: PermissionName) => city.organization.permissions[name];
const menuOf = (name: PermissionName) => `catalog_menu_permission_${idOf(name)}`;
const menuOfStructure = (id: number) => `catalog_menu_structure_${id}`;

async function allow(code: string, metaPermission: MetaPermission) {
  await test.database.prisma.metaPermission.create({ data: { ...where(), userId: city.idOf(code), metaPermission } });
}

const permission = (name: PermissionName) =>
  test.database.prisma.permission.findFirstOrThrow({ where: { ...where(), id: idOf(name) } });
const actions = async () =>
  (await test.database.prisma.auditRecord.findMany({ where: where(), orderBy: { seq: 'asc' } })).map(
    ({ action }) => action,
  );

/** Opens the registry in the catalogue. */
async function openRegistry(driver = cato, open = 'Open') {
  await driver.command('/package catalog registry');
  await driver.waitForScreen('<registry>');
  await driver.click(open);
  return driver.waitForScreen('## Student Registry');
}

describe('the catalogue', () => {
  it('lists applications with a filter that stays while paging, and keeps it on the way back', async () => {
    await test.database.prisma.application.createMany({
      data: Array.from({ length: 25 }, (_, n) => ({ ...where(), key: `tool${n + 10}`, name: `Tool ${n + 10}` })),
    });
    await cato.command('/package catalog tool');
    expect(await cato.waitForScreen('1–20 of 25')).toContain('<tool>');
    await cato.click('Next ›');
    const last = await cato.waitForScreen('21–25 of 25');
    expect(last).toContain(':large_green_circle: Offered · *Tool 34* `tool34`\n_0 permissions_');
    expect(last).not.toContain('Student Registry');
    await cato.click('Open');
    expect(await cato.waitForScreen('## Tool 30')).toContain('This application has no permissions yet.');
    await cato.click('‹ Catalogue');
    expect(await cato.waitForScreen('21–25 of 25')).toContain('<tool>');
    await cato.fill('catalog_filter', 'désk');
    await cato.submit();
    expect(await cato.waitForScreen('*Help Desk* `tickets`')).toContain('_1 permission · MAIN: Open the help desk_');
    await cato.click('Open');
    await cato.waitForScreen('Simple App Mode: with exactly one permission, this application has no Profiles.');
  });

  it('shows each permission with its terms and uses, and leads to the packages', async () => {
    const { organization } = city;
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await organization.addPackage(2, { 'registry/records': ['view', '*'] });
    await test.database.prisma.packagePermission.updateMany({
      where: { ...where(), packageNumber: 2 },
      data: { live: false },
    });
    await organization.addProfile('Reader', 'registry/records', 'view');
    await organization.addRow(city.idOf('ANA'), 'registry/records', { value: 'edit', param: 'REG' });
    const screen = await openRegistry();
    expect(screen).toContain(
      [
        ':large_green_circle: Offered · *Student records* `records`',
        'Values, lowest first: `view` < `edit` < `admin` · for chosen structures',
        '_live in 1 package · removed from 1 package · 1 profile · 1 person with an active authorization_',
      ].join('\n'),
    );
    expect(screen).toContain('*Open the registry `MAIN`* `open`\nA plain switch: `granted` · for everything at once');
    await cato.select(menuOf('registry/records'), 'Where it is used…');
    const uses = await cato.waitForScreen('# Where it is used');
    expect(uses).toContain('*Profiles*: Reader\n*People*: Person ANA');
    expect(uses).toContain(':large_green_circle: Live · *package:1* Package 1\n`edit` (REG)');
    expect(uses).toContain(':red_circle: Removed · *package:2* Package 2\n`view` (All structures)');
    await cato.click('Open', { nth: 1 });
    await cato.waitForScreen('## Package 2');
  });

  it('tells what gives permissions without the entry permission: packages, profiles, people', async () => {
    const { organization } = city;
    const looked = async () => {
      await cato.command('/package catalog');
      await cato.waitForScreen('# Catalogue');
      await cato.click('Check');
      return cato.waitForScreen('Filter applications');
    };
    expect(await looked()).toContain('Nothing to mend');
    await organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await organization.addPackage(2, { 'registry/open': ['granted'], 'registry/grades': ['view', 'REG'] });
    await organization.addProfile('Reader', 'registry/records', 'view', city.idOf('ANA'));
    const codes = Array.from({ length: 11 }, (_, n) => `P${n + 10}`);
    for (const userId of await organization.addUsers(...codes)) {
      await organization.addRow(userId, 'registry/grades', { value: 'view', param: 'REG' });
    }
    const screen = await looked();
    expect(screen).toContain('*Student Registry*: *package:1* Package 1 lacks *Open the registry* (MAIN).');
    expect(screen).not.toContain('package:2');
    expect(screen).toContain('*Student Registry*: profile *Reader* lacks *Open the registry* (MAIN).');
    const names = ['Person ANA', ...codes.slice(0, 9).map((code) => `Person ${code}`)].join(', ');
    expect(screen).toContain(
      `12 people have something there, but nothing gives them *Open the registry* (MAIN): ${names} and 2 more.`,
    );
    await cato.fill('catalog_filter', 'help');
    await cato.pressEnter('catalog_filter');
    await cato.waitForScreen('Nothing to mend');
    await cato.fill('catalog_filter', 'regis');
    await cato.submit();
    await cato.waitForScreen('profile *Reader*');
    await cato.click('Open');
    await cato.waitForScreen('## Package 1');
  });

  it('offers who may only look nothing to change', async () => {
    await allow('ANA', 'view');
    const ana = city.as('ANA');
    const screen = await openRegistry(ana);
    for (const button of ['New permission', 'Edit', 'Retire']) expect(screen).not.toContain(`[${button}]`);
    expect(screen).toContain('[…: Where it is used…]');
    await ana.click('‹ Catalogue');
    await ana.waitForScreen('<registry>');
    await ana.click('Structures');
    expect(await ana.waitForScreen('*REG* Registry · 5 people directly in it')).not.toContain('…:');
  });
});

describe('applications and permissions', () => {
  it('are made in Slack, up to what people can be given', async () => {
    await cato.command('/package catalog');
    await cato.waitForScreen('# Catalogue');
    await cato.click('New application');
    await cato.waitForModal('New application');
    await cato.fill('catalog_key', 'registry');
    await cato.fill('catalog_name', 'Library & more');
    await cato.fill('catalog_entry_name', 'Open the library');
    await cato.submit();
    await cato.waitForScreen('There is a `registry` already. Choose another.');
    await cato.fill('catalog_key', 'lib');
    await cato.submit();
    const created = await cato.waitForScreen('*Library &amp; more* was created.');
    expect(created).toContain('*Open the library `MAIN`* `open`');
    expect(created).toContain('Simple App Mode');
    await cato.click('New permission');
    const form = await cato.waitForModal('New permission').then(() => cato.screen());
    expect(form).toContain('Now MAIN: *Open the library*. If you mark this one, the mark moves here.');
    await cato.fill('catalog_key', 'loans');
    await cato.fill('catalog_name', 'Loans');
    await cato.fill('catalog_levels', 'view\n  edit\n\nview');
    await cato.submit();
    await cato.waitForScreen('Write at least one value, one to a line, each only once');
    await cato.fill('catalog_levels', 'view\n  edit\n');
    await cato.select('catalog_scope', 'For chosen structures (parameter)');
    await cato.select('catalog_main', ['main']);
    await cato.submit();
    const added = await cato.waitForScreen('*Loans* was created.');
    expect(added).toContain('*Loans `MAIN`* `loans`\nValues, lowest first: `view` < `edit` · for chosen structures');
    expect(added).toContain('*Open the library* `open`');
    expect(added).not.toContain('Simple App Mode');
    await cato.click('Edit');
    await cato.waitForModal('Edit application');
    await cato.fill('catalog_name', 'City Library');
    await cato.submit();
    await cato.waitForScreen('Saved.\n## City Library');
    expect(await actions()).toEqual(['create_application', 'create_permission', 'edit_application']);
  });

  it('that somebody else changed meanwhile are told, with what was typed, and replaced only on purpose', async () => {
    const cora = city.as('CORA');
    for (const driver of [cato, cora]) {
      await openRegistry(driver);
      await driver.select(menuOf('registry/records'), 'Edit…');
      await driver.waitForModal('Edit permission');
    }
    await cato.fill('catalog_name', 'Records');
    await cato.submit();
    await cato.waitForScreen('Saved.');
    await cora.fill('catalog_levels', 'view\nread\nedit\nadmin');
    await cora.submit();
    const told = await cora.waitForScreen(
      'Somebody changed this meanwhile. It now says: Records; view < edit < admin;',
    );
    expect(told).toContain('<view\nread\nedit\nadmin>');
    expect(await permission('registry/records')).toMatchObject({ name: 'Records', levels: ['view', 'edit', 'admin'] });
    await cora.submit();
    await cora.waitForScreen('Saved.');
    expect(await permission('registry/records')).toMatchObject({
      ...{ name: 'Student records', levels: ['view', 'read', 'edit', 'admin'] },
    });
  });

  it('keep what was typed where a level is in use, and lead to what uses it', async () => {
    await allow('CATO', 'manage_permissions');
    await city.organization.addPackage(1, { 'registry/records': ['edit', 'REG'] });
    await city.organization.addRow(city.idOf('ANA'), 'registry/records', { value: 'edit', param: 'REG' });
    await openRegistry();
    await cato.select(menuOf('registry/records'), 'Edit…');
    await cato.waitForModal('Edit permission');
    await cato.fill('catalog_levels', 'view\nadmin');
    await cato.fill('catalog_name', 'Files');
    await cato.submit();
    const refused = await cato.waitForScreen('*edit* cannot be taken out, because it is in use: 1 package, 1 person');
    expect(refused).toContain('*package:1* Package 1 — live in this package  [Open]');
    expect(refused).toContain('*Person ANA* — authorization of this person  [Open]');
    expect(refused).toContain('<view\nadmin>');
    expect(refused).toContain('Name: <Files>');
    await cato.fill('catalog_levels', 'view\nedit\nadmin');
    await cato.submit();
    await cato.waitForScreen('Saved.');
    expect(await permission('registry/records')).toMatchObject({ name: 'Files', levels: ['view', 'edit', 'admin'] });
  });

  it('are retired once nothing gives them, and come back', async () => {
    await city.organization.addPackage(1, { 'registry/open': ['granted'] });
    await openRegistry();
    await cato.select(menuOf('registry/open'), 'Retire…');
    expect(await cato.waitForScreen('cannot be retired, because it is in use: 1 package.')).not.toContain('[Retire]');
    await cato.close();
    await test.database.prisma.packagePermission.updateMany({ where: where(), data: { live: false } });
    await cato.select(menuOf('registry/open'), 'Retire…');
    await cato.waitForScreen('It is the MAIN permission: the application will have no entry permission');
    // It is put back into the package while the window is open
    await test.database.prisma.packagePermission.updateMany({ where: where(), data: { live: true } });
    await cato.submit();
    await cato.waitForScreen('cannot be retired, because it is in use: 1 package.');
    await test.database.prisma.packagePermission.updateMany({ where: where(), data: { live: false } });
    await cato.close();
    await cato.select(menuOf('registry/open'), 'Retire…');
    await cato.waitForModal('Retire permission');
    await cato.submit();
    const retired = await cato.waitForScreen('*Open the registry* is retired.');
    expect(retired).toContain(':red_circle: Retired · *Open the registry* `open`');
    await cato.close();

    // What is red of it in a package is not put back
    await city.admin.command('/package show 1');
    await city.admin.waitForScreen('## Package 1');
    await city.admin.select(`permission_menu_${idOf('registry/open')}`, 'Put back into package…');
    await city.admin.waitForScreen('Open the registry is retired, and offered to nobody any more.');

    await openRegistry();
    await cato.select(menuOf('registry/open'), 'Bring back…');
    await cato.waitForScreen('*Open the registry* is offered again. It is not MAIN');
    await cato.submit();
    await cato.waitForScreen('*Open the registry* is offered again.\n## Student Registry');
    await cato.click('Retire');
    await cato.waitForModal('Retire application');
    await cato.submit();
    const gone = await cato.waitForScreen('*Student Registry* is retired.');
    expect(gone).toContain('[Bring back]');
    expect(gone).not.toContain('[New permission]');
  });
});

describe('structures', () => {
  it('are a tree in which they are made, moved and retired; in Spanish too', async () => {
    const eva = city.as('EVA');
    await eva.command('/package catalog');
    await eva.waitForScreen('# Catálogo');
    await eva.click('Estructuras');
    await eva.waitForScreen('*REG* Registry · 5 personas directamente en ella');
    await eva.select(menuOfStructure(city.organization.structureId), 'Estructura nueva por debajo…');
    expect(await eva.waitForModal('Estructura nueva').then(() => eva.screen())).toContain(
      'Por debajo de: <REG · Registry>',
    );
    await eva.fill('catalog_key', 'ARCH');
    await eva.fill('catalog_name', 'Archivo');
    await eva.submit();
    await eva.waitForScreen('Se creó *ARCH* Archivo.');
    expect(await eva.screen()).toContain('└ *ARCH* Archivo · 0 personas directamente en ella');
    const archive = await test.database.prisma.structure.findFirstOrThrow({ where: { ...where(), code: 'ARCH' } });

    await eva.select(menuOfStructure(city.organization.structureId), 'Editar…');
    await eva.waitForModal('Editar estructura');
    await eva.pick('catalog_parent', 'archivo', 'ARCH · Archivo');
    await eva.submit();
    await eva.waitForScreen('ARCH es la propia REG o está por debajo de ella.');
    await eva.close();
    await eva.select(menuOfStructure(archive.id), 'Editar…');
    await eva.waitForModal('Editar estructura');
    await eva.pick('catalog_parent', '', 'Arriba del todo');
    await eva.submit();
    expect(await eva.waitForScreen('Guardado.')).toContain('\n*ARCH* Archivo');
    await eva.select(menuOfStructure(archive.id), 'Retirar…');
    await eva.waitForScreen('*ARCH · Archivo* deja de ofrecerse. Nada la necesita ahora.');
    await eva.submit();
    await eva.waitForScreen('*ARCH · Archivo* ya no se ofrece.');
    await eva.fill('catalog_filter', 'reg');
    await eva.submit();
    expect(await eva.waitForScreen('<reg>')).not.toContain('ARCH');
    await eva.select(menuOfStructure(city.organization.structureId), 'Retirar…');
    await eva.waitForScreen('*REG · Registry* no se puede retirar, porque está en uso: 5 personas en ella.');
  });

  it('are paged in the order of the tree', async () => {
    const { id: top } = await test.database.prisma.structure.findFirstOrThrow({ where: where() });
    for (let n = 10; n < 35; n++) {
      const created = await test.database.prisma.structure.create({
        data: {
          ...where(),
          code: `S${n}`,
          name: `Unit ${n}`,
          parentId: top,
          path: [],
          searchText: searchText(`S${n}`, `Unit ${n}`),
        },
      });
      const key = { organizationId_id: { ...where(), id: created.id } };
      await test.database.prisma.structure.update({ where: key, data: { path: [top, created.id] } });
    }
    await cato.command('/package catalog');
    await cato.waitForScreen('# Catalogue');
    await cato.click('Structures');
    expect(await cato.waitForScreen('1–20 of 26')).toMatch(/\*REG\*[\s\S]*└ \*S10\*[\s\S]*└ \*S28\*/);
    await cato.click('Next ›');
    expect(await cato.waitForScreen('21–26 of 26')).toContain('└ *S34* Unit 34');
  });
});
