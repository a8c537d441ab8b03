import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  type Driver,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let registry: number;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'CLERK', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' } },
  });
  admin = city.admin;
  const { prisma } = test.database;
  const { id: organizationId, structureId, groupId } = city.organization;
  await city.organization.addPackage(1, { 'registry/open': ['granted'] });
  // A structure below REG, in which Ana and Ben are; Ben is in the group too
  const about = { organizationId, code: 'REG-1', name: 'Desk one', searchText: 'reg-1 desk one' };
  const below = await prisma.structure.create({ data: { ...about, parentId: structureId, path: [] } });
  registry = below.id;
  const where = { organizationId_id: { organizationId, id: registry } };
  await prisma.structure.update({ where, data: { path: [structureId, registry] } });
  await place('ANA', { structureId: registry });
  await place('BEN', { structureId: registry });
  await prisma.groupMember.create({ data: { organizationId, groupId, userId: city.idOf('BEN') } });
});
afterEach(async () => {
  await city.bench.stop();
});

async function place(code: string, data: { structureId?: number; leftAt?: Date; leftBecause?: string }) {
  await test.database.prisma.user.updateMany({ where: { organizationId: city.organization.id, code }, data });
}

async function openAssign(who: Driver = admin, title = 'Assign a package') {
  await who.command('/package assign 1');
  await who.waitForModal(title);
}

describe('assigning to many at once', () => {
  afterEach(() => expect(city.bench.errors).toEqual([]));

  it('unites people, structures with those below, groups, pasted codes and a file, and tells who left', async () => {
    await place('ANA', { leftAt: new Date(), leftBecause: 'administrator' });
    await openAssign();
    expect(await admin.suggest('structures', 'desk')).toEqual([{ label: 'REG-1 · Desk one', value: String(registry) }]);
    expect(await admin.suggest('groups', 'rot')).toMatchObject([{ label: 'rota · Rota' }]);
    await admin.pick('structures', 'desk', 'REG-1 · Desk one');
    await admin.pick('groups', '', 'rota · Rota');
    await admin.pick('people', 'ben', 'BEN · Person BEN');
    await admin.fill('codes', 'clerk');
    await admin.attach('file', { name: 'crew.csv', content: '\uFEFFName;Code\n"Ruiz; Eva";eva\nBen;BEN\n' });
    await admin.submit();
    const screen = await admin.waitForScreen('3 people get the package');
    expect(screen).toContain('(1 person of the structures and groups has left and is not included.)');
    await admin.submit();
    await admin.waitForModal('Assigned');
    const where = { organizationId: city.organization.id, packageNumber: 1, state: 'active' as const };
    const members = await test.database.prisma.assignment.findMany({ where, orderBy: { userId: 'asc' } });
    expect(members.map(({ userId }) => userId)).toEqual(['BEN', 'CLERK', 'EVA'].map((code) => city.idOf(code)));
  });

  it('draws the form again where the file is wrong, with the lines, and with everything else kept', async () => {
    await admin.command('/package assign');
    await admin.waitForModal('Assign a package');
    await admin.pick('package', '', '1');
    await admin.pick('structures', 'desk', 'REG-1 · Desk one');
    await admin.pick('groups', '', 'rota · Rota');
    await admin.pick('people', 'eva', 'EVA · Person EVA');
    await admin.fill('codes', 'clerk');
    await admin.attach('file', { name: 'crew.csv', content: 'code\nANA\nN0<1>\nclerk\nN02' });
    await admin.submit();
    const screen = await admin.waitForScreen('The file has codes that nobody has');
    expect(screen).toContain('“N0&lt;1&gt;” (line 3), “N02” (line 5). Correct them and attach the file again.');
    for (const kept of ['package:1 Package 1', 'REG-1 · Desk one', 'rota · Rota', 'EVA · Person EVA', ': <clerk>']) {
      expect(screen).toContain(kept);
    }
    expect(screen).toContain('<no file>');
    await admin.attach('assign_file', { name: 'crew.txt', content: 'ANA\nclerk' });
    await admin.submit();
    await admin.waitForScreen('4 people get the package');
  });

  it.each([
    ['is no text', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'crew.csv is not text in UTF-8.'],
    ['has no column of codes', 'name,email\nAna,a@x', 'crew.csv has several columns, and none is headed code or user.'],
    ['has nobody', 'code\n', 'crew.csv has no codes.'],
    ['is broken', 'ANA\nB"EN', 'crew.csv cannot be read: on line 2 a quote'],
    ['names somebody who left', 'BEN', 'Person BEN has left.'],
  ])('says so where the file %s', async (_what, content, words) => {
    await place('BEN', { leftAt: new Date(), leftBecause: 'administrator' });
    await openAssign();
    await admin.attach('file', { name: 'crew.csv', content });
    await admin.submit();
    await admin.waitForScreen(words);
    expect(await test.database.prisma.assignment.count({ where: { organizationId: city.organization.id } })).toBe(0);
  });

  it('tells what can be told at once beside its field, and fetches nothing', async () => {
    await openAssign();
    await admin.pick('structures', 'desk', 'REG-1 · Desk one');
    await admin.pick('groups', '', 'rota · Rota');
    await admin.fill('codes', 'NOBODY');
    await admin.attach('file', { name: 'crew.csv', content: Buffer.alloc(2 * 1024 * 1024 + 1, 'x') });
    const { prisma } = test.database;
    const organizationId = city.organization.id;
    await prisma.structure.updateMany({ where: { organizationId, id: registry }, data: { retiredAt: new Date() } });
    await prisma.groupMember.deleteMany({ where: { organizationId } });
    await prisma.group.deleteMany({ where: { organizationId } });
    expect((await admin.submit()).errors).toEqual({
      structures: 'One of the structures is retired or no longer there. Search again.',
      groups: 'One of the groups is no longer there. Search again.',
      codes: expect.stringContaining('Nobody has the code “NOBODY”.'),
      file: 'crew.csv is larger than 2 MB. Attach a smaller file.',
    });
  });

  it('says that nobody is left where everybody of a structure left', async () => {
    for (const code of ['ANA', 'BEN']) await place(code, { leftAt: new Date(), leftBecause: 'administrator' });
    await openAssign();
    await admin.pick('structures', 'desk', 'REG-1 · Desk one');
    expect((await admin.submit()).errors).toEqual({
      people: 'Only people who have left are there (2). Choose somebody else.',
    });
  });

  it('speaks Spanish', async () => {
    await test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: city.idOf('EVA'), metaPermission: 'assign_packages' },
    });
    const eva = city.as('EVA');
    await openAssign(eva, 'Asignar un paquete');
    expect(await eva.screen()).toContain('Todas las personas de estas estructuras y de las que dependen de ellas.');
    await eva.attach('file', { name: 'gente.csv', content: 'código\nANA\nZZZ' });
    await eva.submit();
    await eva.waitForScreen('El archivo tiene códigos que nadie tiene: «ZZZ» (línea 3).');
  });
});

describe('removing many at once', () => {
  afterEach(() => expect(city.bench.errors).toEqual([]));

  it('counts active members alone, of structures, groups and files', async () => {
    for (const code of ['ANA', 'CLERK']) await city.organization.addMember(1, city.idOf(code));
    await city.organization.addMember(1, city.idOf('EVA'), 'former');
    await admin.command('/package show 1');
    await admin.waitForModal('package:1');
    await admin.click('Remove people…');
    await admin.waitForModal('Remove assignment');
    await admin.fill('codes', 'EVA');
    expect((await admin.submit()).errors).toEqual({
      people: 'None of them has this package. Choose somebody who does.',
    });
    await admin.pick('structures', 'desk', 'REG-1 · Desk one');
    await admin.attach('file', { name: 'leavers.txt', content: 'CLERK\nNOPE' });
    await admin.submit();
    const again = await admin.waitForScreen('“NOPE” (line 2)');
    expect(again).toContain('REG-1 · Desk one');
    await admin.attach('unassign_file', { name: 'leavers.txt', content: 'CLERK;EVA' });
    await admin.submit();
    await admin.waitForScreen('2 people become former members');
    await admin.submit();
    await admin.waitForScreen('2 people no longer have');
  });
});

describe('what Slack or somebody else does wrong', () => {
  it('keeps the form where Slack does not hand the file over, and logs why', async () => {
    await openAssign();
    await admin.attach('file', { name: 'crew.csv', content: 'ANA' });
    const view = await admin.modal();
    const forged = { id: 'F1', name: 'crew.csv', size: 3, url_private_download: 'https://files.example.com/crew.csv' };
    await postPayload(
      city.bench,
      submissionPayload(
        city.slackIdOf('ADMIN'),
        { ...view.view, id: view.id },
        { file: { assign_file: { type: 'file_input', files: [forged] } }, codes: { assign_codes: { value: 'BEN' } } },
      ),
    );
    const screen = await admin.waitForScreen('crew.csv could not be fetched from Slack. Attach it again.');
    expect(screen).toContain(': <BEN>');
    expect(city.bench.errors.join()).toContain('https://files.example.com/crew.csv, which is not Slack’s');
  });

  it('offers structures and groups to nobody who may not assign', async () => {
    await openAssign();
    await test.database.prisma.metaPermission.deleteMany({
      where: { organizationId: city.organization.id, metaPermission: 'assign_packages' },
    });
    expect(await admin.suggest('structures', '')).toEqual([]);
    expect(await admin.suggest('groups', '')).toEqual([]);
    await admin.pick('people', 'ana', 'ANA · Person ANA');
    await admin.submit();
    await admin.waitForScreen('This needs the right to assign packages, which you do not have.');
  });
});

describe('a list of people as a file', () => {
  afterEach(() => expect(city.bench.errors).toEqual([]));

  it('is reviewed like a pasted one, and asked for again where it is wrong', async () => {
    await admin.command('/package people');
    await admin.waitForModal('People');
    await admin.click('people_update');
    await admin.waitForModal('Update people');
    expect((await admin.submit()).errors).toEqual({ people_list: 'Paste the list, or attach it as a file.' });
    await admin.fill('people_list', 'code,name');
    await admin.attach('people_list_file', { name: 'people.csv', content: Buffer.from([0xff, 0xfe, 0x41, 0x00]) });
    expect((await admin.submit()).errors).toEqual({ people_list_file: 'Paste the list or attach it, not both.' });
    await admin.fill('people_list', '');
    await admin.submit();
    await admin.waitForScreen('people.csv is not text in UTF-8.');
    await admin.attach('people_list_file', {
      name: 'people.csv',
      content: 'code,name,email,structure\nN"1,New,n@x.example,REG',
    });
    await admin.submit();
    await admin.waitForScreen('Line 2: cannot be read: a quote');
    await admin.click('people_correct');
    await admin.waitForScreen('The list comes from a file of 2 lines. Attach the corrected file.');
    const rows = Array.from({ length: 200 }, (_, index) => `N${index},New ${index},n${index}@x.example,REG`);
    await admin.attach('people_list_file', {
      name: 'people.csv',
      content: ['code,name,email,structure', ...rows].join('\n'),
    });
    await admin.submit();
    await admin.waitForScreen('200 people created');
    await admin.submit();
    await admin.waitForModal('People updated');
    const where = { organizationId: city.organization.id, code: { startsWith: 'N' } };
    expect(await test.database.prisma.user.count({ where })).toBe(200);
  });
});
