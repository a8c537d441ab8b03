import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectiveAccess } from '../../src/engine/core/effectiveAccess.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOrganization, type TestOrganization } from '../support/organization.ts';
import { everyRow } from '../support/statusFacts.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  await organization.addPackage(1, {});
  await organization.addPackage(2, {});
  await test.database.prisma.package.updateMany({
    where: { organizationId: organization.id, number: 2 },
    data: { state: 'disabled' },
  });
});
afterAll(() => test.drop());

interface ViewRow {
  organization: number;
  user_code: string;
  application: string;
  permission: string;
  value: string;
  parameter: string[];
  source: string;
  is_main: boolean;
}

async function view(where = ''): Promise<ViewRow[]> {
  const { rows } = await test.database.pool.query<ViewRow>(
    `SELECT * FROM effective_access WHERE organization = $1 ${where} ORDER BY user_code, application, permission`,
    [organization.id],
  );
  return rows;
}

describe('the view effective_access', () => {
  it('says what the pure rule says, for every combination of founder, row, package state, profile and rule', async () => {
    const { prisma } = test.database;
    const people = [false, true].flatMap((founder) =>
      everyRow().flatMap((row) =>
        [false, true].flatMap((profile) => [false, true].map((rule) => ({ founder, row, profile, rule }))),
      ),
    );
    const users = await prisma.user.createManyAndReturn({
      data: people.map(({ founder }, index) => ({
        ...{ organizationId: organization.id, code: `X${String(index).padStart(4, '0')}`, name: 'X', email: '' },
        ...{ structureId: organization.structureId, founder, searchText: '' },
      })),
    });
    const idOf = new Map(users.map(({ code, id }) => [Number(code.slice(1)), id]));
    const ids = (pick: (person: (typeof people)[number]) => boolean) =>
      people.flatMap((person, index) => (pick(person) ? [idOf.get(index) ?? 0] : []));
    const permissionId = organization.permissions['registry/records'];
    await prisma.appAuth.createMany({
      data: people.flatMap(({ row }, index) =>
        row
          ? [{ reason: null, ...row, organizationId: organization.id, userId: idOf.get(index) ?? 0, permissionId }]
          : [],
      ),
    });
    await organization.addProfile('Reader', 'registry/records', 'view', ...ids(({ profile }) => profile));
    await organization.addRule('Rota', 'registry/records', 'edit', ...ids(({ rule }) => rule));

    const seen = new Map((await view("AND permission = 'records'")).map((row) => [row.user_code, row]));
    for (const [index, { founder, row, profile, rule }] of people.entries()) {
      const expected = effectiveAccess({
        ...{ founder, row, full: { value: 'admin', param: '*' } },
        sourceState: row?.packageNumber === 2 ? 'disabled' : 'active',
        profile: profile ? { name: 'Reader', value: 'view', param: '' } : null,
        rule: rule ? { name: 'Rota', value: 'edit', param: '' } : null,
      });
      const found = seen.get(`X${String(index).padStart(4, '0')}`);
      const shown = found ? { value: found.value, param: found.parameter.join(','), source: found.source } : null;
      expect({ index, row, shown }).toEqual({ index, row, shown: expected });
    }
    expect(people.length).toBeGreaterThan(400);
  });

  it('takes the highest level of several profiles, and the first name of equals', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    await organization.addProfile('C', 'registry/grades', 'enter', ana);
    await organization.addProfile('B', 'registry/grades', 'enter', ana);
    await organization.addProfile('A', 'registry/grades', 'view', ana);
    expect(await view("AND user_code = 'ANA'")).toMatchObject([
      { permission: 'grades', value: 'enter', source: 'profile:B' },
    ]);
  });

  it('gives a rule of a structure to everyone in it and below, and nobody else', async () => {
    const { prisma } = test.database;
    const below = await prisma.structure.create({
      data: { organizationId: organization.id, code: 'SUB', name: 'Sub', path: [], searchText: '' },
    });
    const path = [organization.structureId, below.id];
    await prisma.structure.update({
      where: { organizationId_id: { organizationId: organization.id, id: below.id } },
      data: { path, parentId: organization.structureId },
    });
    const [low = 0] = await organization.addUsers('LOW', 'TOP');
    await prisma.user.update({
      where: { organizationId_id: { organizationId: organization.id, id: low } },
      data: { structureId: below.id },
    });
    await prisma.rule.create({
      data: {
        ...{ organizationId: organization.id, name: 'Sub opens', structureId: below.id, value: 'granted' },
        permissionId: organization.permissions['tickets/open'],
      },
    });
    const codes = (await view("AND source = 'rule:Sub opens'")).map(({ user_code, is_main }) => [user_code, is_main]);
    expect(codes).toEqual([['LOW', true]]);
  });
});
