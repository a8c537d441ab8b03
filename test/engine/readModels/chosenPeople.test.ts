import { afterAll, beforeAll, expect, it } from 'vitest';
import { chosenPeople, type FoundPeople } from '../../../src/engine/readModels/chosenPeople.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let city: TestOrganization;
let other: TestOrganization;
/** Structures by code: NORTH above NORTH-1 above NORTH-1A; SOUTH beside them. */
const structures: Record<string, number> = {};
const people: Record<string, number> = {};

beforeAll(async () => {
  test = await createTestDatabase();
  city = await createOrganization(test.database, 'City');
  other = await createOrganization(test.database, 'Other');
  const { prisma } = test.database;
  const tree = [
    ['NORTH', null],
    ['NORTH-1', 'NORTH'],
    ['NORTH-1A', 'NORTH-1'],
    ['SOUTH', null],
  ] as const;
  const paths: Record<string, number[]> = {};
  for (const [code, parent] of tree) {
    const about = { organizationId: city.id, code, name: code, searchText: code.toLowerCase() };
    const { id } = await prisma.structure.create({
      data: { ...about, parentId: parent ? Number(structures[parent]) : null, path: [] },
    });
    const path = [...(parent ? (paths[parent] ?? []) : []), id];
    await prisma.structure.update({ where: { organizationId_id: { organizationId: city.id, id } }, data: { path } });
    structures[code] = id;
    paths[code] = path;
  }
  const codes = ['TOP', 'MIDDLE', 'DEEP', 'GONE', 'SOUTHERN', 'ROTA', 'LONE', 'lone'];
  const ids = await city.addUsers(...codes);
  codes.forEach((code, index) => {
    people[code] = Number(ids[index]);
  });
  const places = { TOP: 'NORTH', MIDDLE: 'NORTH-1', DEEP: 'NORTH-1A', GONE: 'NORTH-1A', SOUTHERN: 'SOUTH' };
  for (const [code, place] of Object.entries(places)) {
    const where = { organizationId_id: { organizationId: city.id, id: Number(people[code]) } };
    await prisma.user.update({ where, data: { structureId: Number(structures[place]) } });
  }
  const gone = { organizationId_id: { organizationId: city.id, id: Number(people.GONE) } };
  await prisma.user.update({ where: gone, data: { leftAt: new Date(), leftBecause: 'administrator' } });
  await prisma.groupMember.createMany({
    data: ['ROTA', 'DEEP', 'GONE'].map((code) => ({
      ...{ organizationId: city.id, groupId: city.groupId, userId: Number(people[code]) },
    })),
  });
});
afterAll(() => test.drop());

const NOTHING = { userIds: [], codes: [], fileCodes: [], structureIds: [], groupIds: [] };

async function choose(
  selection: Partial<Parameters<typeof chosenPeople>[2]>,
  terms: Partial<Parameters<typeof chosenPeople>[3]> = {},
  by = city.admin,
): Promise<FoundPeople> {
  const actor = await findActor(test.database.prisma, by.organizationId, by);
  if (!actor) throw new Error('Nobody chooses');
  return chosenPeople(city.context, actor, { ...NOTHING, ...selection }, { limit: 100, memberOf: null, ...terms });
}

/** The codes of those who were found. */
const codesOf = ({ userIds }: FoundPeople) =>
  Object.keys(people).filter((code) => userIds.includes(Number(people[code])));

it('takes everybody of a structure and those below, and of groups, once, without those who left', async () => {
  expect(codesOf(await choose({ structureIds: [Number(structures['NORTH-1'])] }))).toEqual(['MIDDLE', 'DEEP']);
  const found = await choose({
    ...{ structureIds: [Number(structures.NORTH), Number(structures['NORTH-1A'])], groupIds: [city.groupId] },
    ...{ userIds: [Number(people.SOUTHERN)], codes: ['deep', 'rota'], fileCodes: ['TOP'] },
  });
  expect(codesOf(found)).toEqual(['TOP', 'MIDDLE', 'DEEP', 'SOUTHERN', 'ROTA']);
  expect(found).toMatchObject({ total: 5, leftOut: 1, left: null, unknown: { total: 0 }, unknownInFile: { total: 0 } });
});

it('prefers the exact code, else finds it in capitals, and tells the places of codes of nobody', async () => {
  expect(codesOf(await choose({ codes: ['lone'] }))).toEqual(['lone']);
  expect(codesOf(await choose({ fileCodes: ['Lone', 'top'] }))).toEqual(['TOP', 'LONE']);
  const found = await choose({ codes: ['X1', 'TOP', 'X2'], fileCodes: ['DEEP', 'X1', '%'] });
  expect(found.unknown).toEqual({ total: 2, places: [0, 2] });
  expect(found.unknownInFile).toEqual({ total: 2, places: [1, 2] });
  const many = await choose({ codes: Array.from({ length: 25 }, (_, index) => `NO${index}`) });
  expect(many.unknown).toEqual({ total: 25, places: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
});

it('names somebody who was chosen alone and left, and by what', async () => {
  const name = 'Person GONE';
  expect((await choose({ userIds: [Number(people.GONE)] })).left).toEqual({ name, by: 'search' });
  expect((await choose({ codes: ['gone'] })).left).toEqual({ name, by: 'codes' });
  expect((await choose({ codes: ['TOP'], fileCodes: ['GONE'] })).left).toEqual({ name, by: 'file' });
});

it('counts those who are too many, and loads none of them', async () => {
  const wanted = { structureIds: [Number(structures.NORTH)], groupIds: [city.groupId] };
  expect(await choose(wanted, { limit: 3 })).toMatchObject({ total: 4, userIds: [] });
  expect((await choose(wanted, { limit: 4 })).userIds).toHaveLength(4);
});

it('counts active members alone where it is about a package', async () => {
  await city.addPackage(3, {});
  await city.addMember(3, Number(people.TOP));
  await city.addMember(3, Number(people.MIDDLE), 'former');
  await city.addMember(3, Number(people.GONE));
  const found = await choose({ structureIds: [Number(structures.NORTH)], codes: ['ROTA'] }, { memberOf: 3, limit: 1 });
  expect(codesOf(found)).toEqual(['TOP']);
  expect(found).toMatchObject({ total: 1, leftOut: 1 });
});

it('tells structures and groups that are gone, retired or another organization’s, and finds nobody of it', async () => {
  const { prisma } = test.database;
  const south = { organizationId_id: { organizationId: city.id, id: Number(structures.SOUTH) } };
  await prisma.structure.update({ where: south, data: { retiredAt: new Date() } });
  const [stranger = 0] = await other.addUsers('STRANGER');
  const found = await choose({
    ...{ structureIds: [Number(structures.SOUTH), other.structureId], groupIds: [other.groupId, city.groupId] },
    ...{ userIds: [stranger], codes: ['STRANGER'] },
  });
  expect(found).toMatchObject({ goneStructures: 2, goneGroups: 1, unknown: { total: 1, places: [0] } });
  expect(found.userIds).not.toContain(stranger);
});

it('needs the right to assign packages', async () => {
  const viewer = await city.addAdministrator('VIEWER', 'view');
  const wanted = { structureIds: [Number(structures.NORTH)] };
  await expect(choose(wanted, {}, viewer)).rejects.toMatchObject({ details: { needs: 'assign_packages' } });
});
