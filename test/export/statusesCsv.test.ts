import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectiveAccess } from '../../src/engine/core/effectiveAccess.ts';
import { classifyStatus, type StatusFacts } from '../../src/engine/core/status.ts';
import { STATUS_KINDS } from '../../src/engine/core/statusTable.ts';
import { exportsAs, exportsOf } from '../../src/engine/readModels/exports.ts';
import { organizationCsv } from '../../src/export/organizationCsv.ts';
import { findActor } from '../../src/persistence/users.ts';
import { textsOf } from '../../src/slack/kit/texts/index.ts';
import { plainBadge } from '../../src/slack/kit/wording.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { addWorldPackages, aWorld, buildWorld, LEFT_AT, PERMISSIONS, type World } from '../support/world.ts';
import { everyStatus } from './everyStatus.ts';
import { bytesOf, exportBytes, exportLines, readCsv } from './support.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await everyStatus(test.database);
});
afterAll(() => test.drop());

const statuses = (number: number | null) => ({ kind: 'statuses', number }) as const;

describe('the CSV of statuses', () => {
  it('tells every status with its reason, to the byte', async () => {
    const golden = await readFile(new URL('golden/statuses.csv', import.meta.url), 'utf8');
    expect((await exportBytes(organization, statuses(1))).toString('utf8')).toBe(golden);
    const shown = new Set<string>(['undefined_exception']);
    for await (const page of await exportsOf(organization.context, organization.id).statuses(1))
      for (const { status } of page) shown.add(status.kind);
    expect([...shown].sort()).toEqual([...STATUS_KINDS].sort());
  });

  it.each([1, 2, 3, 15, 16, 17])('is the same to the byte where %i members are read at once', async (members) => {
    const { context, id } = organization;
    const inPages = exportsOf(context, id, { members, people: 1 });
    const bytes = await exportBytes(organization, statuses(1), inPages);
    expect(bytes.equals(await exportBytes(organization, statuses(1)))).toBe(true);
  });

  it('is in the language of whoever reads it', async () => {
    const { context, id } = organization;
    const language = { texts: textsOf('es'), timeZone: 'America/Lima' };
    const file = await organizationCsv(exportsOf(context, id), language, statuses(1));
    const [first] = readCsv(await bytesOf(file.content));
    expect(first).toMatchObject({
      ...{ Paquete: '1', 'Código personal': 'A01', Punto: 'verde (Vigente)', Estado: 'Activo', Sincronizable: 'no' },
      Porqué: 'Dado por package:1 como edit (REG) el 2026-05-03T05:00:00-05:00 por Person ADMIN. Ya está sincronizado.',
    });
  });

  it('is of all packages one after another, disabled ones too, MAIN first among the permissions of an application', async () => {
    const other = await createOrganization(test.database);
    await other.addPackage(2, { 'registry/records': ['edit', 'REG'], 'registry/open': ['granted'] });
    await other.addPackage(10, { 'tickets/open': ['granted'] });
    await other.addPackage(9, { 'tickets/open': ['granted'] });
    const disabled = { organizationId: other.id, number: 9 };
    await test.database.prisma.package.updateMany({ where: disabled, data: { state: 'disabled' } });
    const [ben = 0, ana = 0] = await other.addUsers('BEN', 'ANA');
    for (const [number, userId] of [
      [10, ben],
      [9, ben],
      [2, ana],
      [2, ben],
    ] as const)
      await other.addMember(number, userId);
    await other.addRow(ben, 'tickets/open', { value: 'granted', packageNumber: 9 });
    const lines = await exportLines(other, statuses(null), { members: 1, people: 1 });
    expect(lines.map((line) => [line.Package, line['Personal code'], line.Permission, line.MAIN, line.Badge])).toEqual([
      ['2', 'ANA', 'Open the registry', 'MAIN', 'Not granted'],
      ['2', 'ANA', 'Student records', '', 'Not granted'],
      ['2', 'BEN', 'Open the registry', 'MAIN', 'Not granted'],
      ['2', 'BEN', 'Student records', '', 'Not granted'],
      ['9', 'BEN', 'Open the help desk', 'MAIN', 'Active'],
      ['10', 'BEN', 'Open the help desk', 'MAIN', 'Other Package (package:9)'],
    ]);
    expect(lines[4]?.Why).toBe(
      'Given by package:9 as granted; package:9 is disabled, so this access is suspended. Already in sync.',
    );
  });

  it('has somebody whose assignment ends while it is read once, neither twice nor not at all', async () => {
    const { prisma } = test.database;
    const other = await createOrganization(test.database);
    await other.addPackage(1, { 'tickets/open': ['granted'] });
    const codes = ['P1', 'P2', 'P3', 'P4', 'P5'];
    for (const userId of await other.addUsers(...codes)) await other.addMember(1, userId);
    const seen: string[] = [];
    for await (const page of await exportsOf(other.context, other.id, { members: 2, people: 2 }).statuses(1)) {
      seen.push(...page.map(({ person }) => person.code));
      const where = { organizationId: other.id, userCode: { in: ['P1', 'P4'] } };
      await prisma.assignment.updateMany({ where, data: { state: 'former' } });
    }
    expect(seen).toEqual(codes);
  });
});

describe('who may export', () => {
  it('is whoever may view; nobody else gets as far as a first line', async () => {
    const { context, id, addAdministrator } = organization;
    const { userId: viewer } = await addAdministrator('VIEWER', 'view');
    const { userId: nobody } = await addAdministrator('NOBODY');
    const actorOf = async (userId: number) => {
      const actor = await findActor(test.database.prisma, id, { userId });
      if (!actor) throw new Error('The person is missing');
      return actor;
    };
    const allowed = await exportBytes(organization, statuses(1), exportsAs(context, await actorOf(viewer)));
    expect(readCsv(allowed)).toHaveLength(32);
    const refused = await actorOf(nobody);
    expect(() => exportsAs(context, refused)).toThrow(expect.objectContaining({ code: 'not_allowed' }));
  });

  it('sees nothing of another organization, even where its package has the same number', async () => {
    const other = await createOrganization(test.database, 'Other City');
    await other.addPackage(1, { 'tickets/open': ['granted'] });
    const [eve = 0] = await other.addUsers('EVE');
    await other.addMember(1, eve);
    await other.addRow(eve, 'tickets/open', { value: 'granted', packageNumber: 1 });
    const codesOf = (lines: Record<string, string>[]) => [...new Set(lines.map((line) => line['Personal code']))];
    expect(codesOf(await exportLines(other, statuses(null)))).toEqual(['EVE']);
    expect(codesOf(await exportLines(organization, statuses(null)))).not.toContain('EVE');
    for (const kind of ['statuses', 'drift'] as const) {
      await expect(exportLines(other, { kind, number: 2 })).rejects.toMatchObject({ code: 'package_not_found' });
      expect(codesOf(await exportLines(other, { kind, number: null }))).toEqual(kind === 'drift' ? [] : ['EVE']);
    }
    const access = await exportLines(other, { kind: 'access', number: null });
    expect(codesOf(access)).toEqual(['EVE']);
  });
});

/** The facts of a cell as the world tells them, without the database. */
function factsOf(world: World, member: World['members'][number], index: number): StatusFacts {
  const isOpen = PERMISSIONS[index] === 'registry/open';
  const [value, param] = isOpen ? ['granted', ''] : ['view', 'REG'];
  const granted = { value: isOpen ? 'granted' : 'view', param: '' };
  return {
    founder: member.founder,
    left: member.left ? LEFT_AT : null,
    package: { number: 1, state: world.state },
    assignment: member.assignment,
    permission: { live: world.live[index] ?? true, value, param },
    row: member.cells[index]?.row ?? null,
    profile: member.cells[index]?.profile ? { name: `Profile ${index}`, ...granted } : null,
    // A rule reaches the whole group: those for whom the first cell says so
    rule: member.cells[0]?.rule ? { name: `Rule ${index}`, ...granted } : null,
  };
}

const NAMES = {
  'registry/records': 'Student records',
  'registry/grades': 'Grades',
  'registry/open': 'Open the registry',
};
const FULL = {
  'registry/records': { value: 'admin', param: '*' },
  'registry/grades': { value: 'enter', param: '*' },
  'registry/open': { value: 'granted', param: '' },
};

/** What the CSV must say of a cell. */
function expectedLine(world: World, member: World['members'][number], code: string, index: number) {
  const facts = factsOf(world, member, index);
  const status = classifyStatus(facts);
  const name = PERMISSIONS[index] ?? 'registry/open';
  const has = effectiveAccess({ ...facts, full: FULL[name], sourceState: 'active' });
  return {
    ...{ Package: '1', 'Personal code': code, Permission: NAMES[name] },
    Dot: facts.permission.live ? 'green (Live)' : 'red (Removed)',
    Badge: plainBadge(textsOf('en'), status, facts),
    Syncable: status.syncable ? 'yes' : 'no',
    ...{ Value: has?.value ?? '', Parameter: has?.param ?? '', Source: has?.source ?? '' },
    ...{ 'Package value': facts.permission.value, 'Package parameter': facts.permission.param },
  };
}

it('says of any world what the pure function makes of its facts', { timeout: 120_000 }, async () => {
  const place = await createOrganization(test.database);
  await addWorldPackages(place);
  const inOrder = (lines: Record<string, string>[]) =>
    lines.map((line) => JSON.stringify(line, Object.keys(line).sort())).sort();
  await fc.assert(
    fc.asyncProperty(aWorld, fc.integer({ min: 1, max: 5 }), async (world, members) => {
      await buildWorld(test.database, place, world);
      const lines = await exportLines(place, statuses(1), { members, people: 1 });
      const told = lines.map(({ Name: _name, Application: _application, MAIN: _main, Why: _why, ...line }) => line);
      const expected = world.members.flatMap((member, at) =>
        PERMISSIONS.map((_permission, index) => expectedLine(world, member, `M${at}`, index)),
      );
      expect(inOrder(told)).toEqual(inOrder(expected));
    }),
    { numRuns: 25 },
  );
});
