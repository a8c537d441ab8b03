import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportError } from '../../../src/engine/operations/importOrganization.ts';
import { type FileDraft, importFile, toldOf, validFile } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

const granted = { application: 'registry', permission: 'open', value: 'granted' };
const authorization = { ...granted, user: 'P4', active: true, source: 'manual' };

const CASES: [name: string, change: (file: FileDraft) => void, told: string[]][] = [
  [
    'a structure twice',
    (f) => {
      f.structures.push({ code: 'REG', name: 'x', parent: null });
    },
    ['structures[3].code: "REG" is already at structures[1]'],
  ],
  [
    'a user twice',
    (f) => {
      f.users.push({ ...f.users[1], slackUserId: 'U00X' });
    },
    ['users[4].code: "P2" is already at users[1]'],
  ],
  [
    'a Slack id twice',
    (f) => {
      f.users[3].slackUserId = 'U002';
    },
    ['users[3].slackUserId: "U002" is already at users[1]'],
  ],
  [
    'a group twice',
    (f) => {
      f.groups.push({ code: 'rota', name: 'x', members: [] });
    },
    ['groups[1].code: "rota" is already at groups[0]'],
  ],
  [
    'an application twice',
    (f) => {
      f.applications.push({ key: 'registry', name: 'x', permissions: [] });
    },
    ['applications[1].key: "registry" is already at applications[0]'],
  ],
  [
    'a package twice',
    (f) => {
      f.packages.push({ ...f.packages[0], members: [], former: [] });
    },
    ['packages[1].number: "1" is already at packages[0]'],
  ],
  [
    'a profile twice',
    (f) => {
      f.profiles.push(f.profiles[0]);
    },
    ['profiles[1].name: "Reader" is already at profiles[0]'],
  ],
  [
    'a rule twice',
    (f) => {
      f.rules.push(f.rules[1]);
    },
    ['rules[2].name: "Finance" is already at rules[1]'],
  ],
  [
    'an administrator twice',
    (f) => {
      f.administrators.push({ user: 'P2', metaPermissions: [] });
    },
    ['administrators[1].user: "P2" is already at administrators[0]'],
  ],
  [
    'two authorizations of one user and permission',
    (f) => {
      f.authorizations.push({ ...authorization, user: 'P2' });
    },
    [
      'authorizations[4]: "P2" already has registry/open at authorizations[0]: there is one for each user and permission',
    ],
  ],
  [
    'an unknown parent',
    (f) => {
      f.structures[2].parent = 'XYZ';
    },
    ['structures[2].parent: no structure "XYZ"'],
  ],
  [
    'structures in a circle',
    (f) => {
      f.structures[0].parent = 'REG';
    },
    [
      'structures[0].parent: "TOWN" is below itself (TOWN → REG → TOWN)',
      'structures[1].parent: "REG" is below itself (REG → TOWN → REG)',
    ],
  ],
  [
    'a structure below itself',
    (f) => {
      f.structures[2].parent = 'FIN';
    },
    ['structures[2].parent: "FIN" is below itself (FIN → FIN)'],
  ],
  [
    'a user of no structure',
    (f) => {
      f.users[3].structure = 'XYZ';
    },
    ['users[3].structure: no structure "XYZ"'],
  ],
  [
    'a group member who is nobody',
    (f) => {
      f.groups[0].members.push('P9');
    },
    ['groups[0].members[2]: no user "P9"'],
  ],
  [
    'a package of no structure',
    (f) => {
      f.packages[0].structures.push('XYZ');
    },
    ['packages[0].structures[1]: no structure "XYZ"'],
  ],
  [
    'members who are nobody',
    (f) => {
      f.packages[0].members.push('P9');
      f.packages[0].former.push('P8');
    },
    ['packages[0].members[3]: no user "P9"', 'packages[0].former[1]: no user "P8"'],
  ],
  [
    'an unknown application',
    (f) => {
      f.packages[0].permissions[0].application = 'regstry';
    },
    ['packages[0].permissions[0].application: no application "regstry"'],
  ],
  [
    'an unknown permission',
    (f) => {
      f.packages[0].permissions[0].permission = 'opn';
    },
    ['packages[0].permissions[0].permission: no permission "opn" in application "registry"'],
  ],
  [
    'a value that is no level',
    (f) => {
      f.authorizations[1].value = 'own';
    },
    ['authorizations[1].value: "own" is not a level of registry/records (view, edit, admin)'],
  ],
  [
    'a value that is no level, in a profile',
    (f) => {
      f.profiles[0].permissions[0].value = 'own';
    },
    ['profiles[0].permissions[0].value: "own" is not a level of registry/open (granted)'],
  ],
  [
    'structures for a permission without',
    (f) => {
      f.rules[1].param = ['REG'];
    },
    ['rules[1].param: registry/open has scope none: it takes no structures'],
  ],
  [
    'an unknown structure in a parameter',
    (f) => {
      f.authorizations[1].param = ['REG', 'XYZ', '*'];
    },
    ['authorizations[1].param[1]: no structure "XYZ"'],
  ],
  [
    'an unknown structure in a package',
    (f) => {
      f.packages[0].permissions[1].param = ['XYZ'];
    },
    ['packages[0].permissions[1].param[0]: no structure "XYZ"'],
  ],
  [
    'an authorization of nobody',
    (f) => {
      f.authorizations[2].user = 'P9';
    },
    ['authorizations[2].user: no user "P9"'],
  ],
  [
    'an authorization of a founder',
    (f) => {
      f.authorizations[2].user = 'P1';
    },
    ['authorizations[2].user: "P1" is a founder: nothing is written for a founder'],
  ],
  [
    'an authorization from no package',
    (f) => {
      f.authorizations[0].source = 'package:9';
    },
    ['authorizations[0].source: no package 9'],
  ],
  [
    'an authorization for no permission',
    (f) => {
      f.authorizations[0].permission = 'opn';
    },
    ['authorizations[0].permission: no permission "opn" in application "registry"'],
  ],
  [
    'a profile of no application',
    (f) => {
      f.profiles[0].application = 'x';
    },
    ['profiles[0].application: no application "x"'],
  ],
  [
    'a profile for nobody',
    (f) => {
      f.profiles[0].users = ['P9'];
    },
    ['profiles[0].users[0]: no user "P9"'],
  ],
  [
    'a rule for no group',
    (f) => {
      f.rules[0].group = 'x';
    },
    ['rules[0].group: no group "x"'],
  ],
  [
    'a rule for no structure',
    (f) => {
      f.rules[1].structure = 'x';
    },
    ['rules[1].structure: no structure "x"'],
  ],
  [
    'an administrator who is nobody',
    (f) => {
      f.administrators[0].user = 'P9';
    },
    ['administrators[0].user: no user "P9"'],
  ],
];

describe('a file is refused for', () => {
  it.each(CASES)('%s', async (_, change, told) => {
    expect(await toldOf(test.database, change)).toEqual(told);
  });

  it('every problem at once, in the order of the file', async () => {
    const told = await toldOf(test.database, (file) => {
      file.organization.locale = 'xx';
      file.users[1].name = '';
      file.users[1].structure = 'NOPE';
      file.packages[0].members[2] = 'P9';
      file.authorizations[0].value = 'own';
      file.authorizations[3].disabledBy = 'holiday';
      delete file.rules;
    });
    expect(told.map((line) => line.slice(0, line.indexOf(':')))).toEqual([
      ...['organization.locale', 'users[1].name', 'users[1].structure', 'packages[0].members[2]'],
      ...['authorizations[0].value', 'authorizations[3].disabledBy', 'rules'],
    ]);
  });
});

it('blames nobody for referring to an element that is itself wrong', async () => {
  expect(
    await toldOf(test.database, (file) => {
      file.users[1].email = 1;
      file.applications[0].permissions[0].scope = 'x';
      file.packages[0].state = 'x';
    }),
  ).toEqual([
    'users[1].email: should be a text, not 1',
    'applications[0].permissions[0].scope: "x" is not one of none, structures',
    'packages[0].state: "x" is not one of active, disabled',
  ]);
});

it('shows the first hundred problems and counts all', async () => {
  const file = validFile();
  file.authorizations = Array.from({ length: 350 }, (_, k) => ({ ...authorization, user: `X${k}` }));
  file.users[3].name = 3;
  const error = (await importFile(test.database, file).catch((thrown: unknown) => thrown)) as ImportError;
  expect(error.total).toBe(351);
  expect(error.problems.map(({ place }) => place)).toEqual([
    'users[3].name',
    ...Array.from({ length: 99 }, (_, k) => `authorizations[${k}].user`),
  ]);
});

it('wrote nothing of all these', async () => {
  const { prisma } = test.database;
  const counts = [
    prisma.organization,
    prisma.structure,
    prisma.user,
    prisma.operation,
    prisma.auditRecord,
    prisma.appAuth,
  ];
  for (const table of counts) expect(await (table as typeof prisma.user).count()).toBe(0);
});
