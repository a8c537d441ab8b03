import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileDraft, problemsOf, toldOf, validFile } from '../../persistence/import/importFile.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

const granted = { application: 'registry', permission: 'open', value: 'granted' };

const CASES: [name: string, change: (file: FileDraft) => void, told: string[]][] = [
  [
    'a time zone that is none',
    (f) => {
      f.organization.timeZone = 'Europe/Atlantis';
    },
    ['organization.timeZone: "Europe/Atlantis" should be an IANA time zone, like Europe/Madrid'],
  ],
  [
    'an offset for a time zone',
    (f) => {
      f.organization.timeZone = '+02:00';
    },
    ['organization.timeZone: "+02:00" should be an IANA time zone, like Europe/Madrid'],
  ],
  [
    'an unknown locale',
    (f) => {
      f.organization.locale = 'fr';
    },
    ['organization.locale: "fr" is not one of en, es'],
  ],
  [
    'an unknown field',
    (f) => {
      f.users[1].nmae = 'x';
    },
    ['users[1].nmae: is not a known field (code, name, email, structure, slackUserId, founder, left)'],
  ],
  [
    'an unknown field within a part',
    (f) => {
      f.packages[0].permissions[1].live = true;
    },
    ['packages[0].permissions[1].live: is not a known field (application, permission, value, param, removed)'],
  ],
  [
    'a missing field',
    (f) => {
      delete f.users[0].name;
    },
    ['users[0].name: is missing'],
  ],
  [
    'a wrong type',
    (f) => {
      f.users[3].email = 4;
    },
    ['users[3].email: should be a text, not 4'],
  ],
  [
    'an element that is no object',
    (f) => {
      f.groups.push('rota');
    },
    ['groups[1]: should be an object, not "rota"'],
  ],
  [
    'a null where something must be',
    (f) => {
      f.users[2].structure = null;
    },
    ['users[2].structure: should be a text, not null'],
  ],
  [
    'a code with a comma',
    (f) => {
      f.structures.push({ code: 'A,B', name: 'x', parent: null });
    },
    ['structures[3].code: "A,B" should be a code: at most 100 characters, no comma, no spaces at its ends, not *'],
  ],
  [
    'the code *',
    (f) => {
      f.structures.push({ code: '*', name: 'x', parent: null });
    },
    ['structures[3].code: "*" should be a code: at most 100 characters, no comma, no spaces at its ends, not *'],
  ],
  [
    'a text that cannot be stored',
    (f) => {
      f.users[3].name = 'a\u0000b';
    },
    ['users[3].name: "a\\u0000b" has characters that cannot be shown (line breaks, control characters)'],
  ],
  [
    'half of a surrogate pair',
    (f) => {
      f.users[3].name = 'a\ud83d';
    },
    ['users[3].name: "a\\ud83d" has characters that cannot be shown (line breaks, control characters)'],
  ],
  [
    'an empty name',
    (f) => {
      f.groups[0].name = ' ';
    },
    ['groups[0].name: " " is empty'],
  ],
  [
    'a Slack id that is none',
    (f) => {
      f.users[3].slackUserId = '@ana';
    },
    ['users[3].slackUserId: "@ana" should be a Slack user id, like U012AB3CD'],
  ],
  [
    'a package number that is none',
    (f) => {
      f.packages[0].number = 0;
      f.authorizations = [];
    },
    ['packages[0].number: is below 1'],
  ],
  [
    'levels that are empty',
    (f) => {
      f.applications[0].permissions.push({ key: 'x', name: 'x', levels: [], scope: 'none' });
    },
    ['applications[0].permissions[3].levels: is empty: a permission has at least one value'],
  ],
  [
    'levels that repeat',
    (f) => {
      f.applications[0].permissions[2].levels = ['view', 'enter', 'view'];
    },
    ['applications[0].permissions[2].levels[2]: "view" is already at applications[0].permissions[2].levels[0]'],
  ],
  [
    'an unknown source',
    (f) => {
      f.authorizations[0].source = 'package:x';
    },
    ['authorizations[0].source: "package:x" should be manual or package:N'],
  ],
  [
    'disabledBy on what is active',
    (f) => {
      f.authorizations[0].disabledBy = 'manual';
    },
    ['authorizations[0].disabledBy: is only for an authorization that is not active'],
  ],
  [
    'an unknown meta-permission',
    (f) => {
      f.administrators[0].metaPermissions = ['fly'];
    },
    [
      'administrators[0].metaPermissions[0]: "fly" is not one of define_packages, assign_packages, sync_packages, define_profiles, assign_profiles, manage_permissions, manage_catalog, approve, view, view_audit, administer',
    ],
  ],
  [
    'two MAINs in one application',
    (f) => {
      f.applications[0].permissions[2].main = true;
    },
    [
      'applications[0].permissions[2].main: only one permission can be MAIN, and applications[0].permissions[0] already is',
    ],
  ],
  [
    'a rule for nobody',
    (f) => {
      delete f.rules[0].group;
    },
    ['rules[0]: has neither a group nor a structure: it must be one of them'],
  ],
  [
    'a rule for a group and a structure',
    (f) => {
      f.rules[0].structure = 'REG';
    },
    ['rules[0]: has both a group and a structure: it must be one of them'],
  ],
  [
    'a person who is both member and former',
    (f) => {
      f.packages[0].former.push('P2');
    },
    ['packages[0].former[1]: "P2" is also a member (packages[0].members[1]): it must be one'],
  ],
  [
    'a member twice',
    (f) => {
      f.packages[0].members.push('P2');
    },
    ['packages[0].members[3]: "P2" is already at packages[0].members[1]'],
  ],
  [
    'a permission of a package twice',
    (f) => {
      f.packages[0].permissions.push(granted);
    },
    ['packages[0].permissions[3]: "registry/open" is already at packages[0].permissions[0]'],
  ],
  [
    'a permission key twice',
    (f) => {
      f.applications[0].permissions.push({ key: 'open', name: 'x', levels: ['granted'], scope: 'none' });
    },
    ['applications[0].permissions[3].key: "open" is already at applications[0].permissions[0]'],
  ],
  [
    'a missing section',
    (f) => {
      delete f.users;
    },
    ['users: the section is missing'],
  ],
  [
    'a section that is no list',
    (f) => {
      f.rules = { name: 'x' };
    },
    ['rules: should be a list'],
  ],
  [
    'an organization that is a list',
    (f) => {
      f.organization = [] as never;
    },
    ['organization: should be an object, not a list'],
  ],
  [
    'an unknown section',
    (f) => {
      f.people = [1, 2];
    },
    [
      'people: is not a section (organization, structures, users, groups, applications, packages, authorizations, profiles, rules, administrators)',
    ],
  ],
];

describe('a file is refused for', () => {
  it.each(CASES)('%s', async (_, change, told) => {
    expect(await toldOf(test.database, change)).toEqual(told);
  });

  it('a section that is there twice', async () => {
    const text = JSON.stringify(validFile()).replace('"groups":', '"groups":[],"groups":');
    expect(await problemsOf(test.database, text)).toContainEqual({ place: 'groups', message: 'is in the file twice' });
  });

  it('broken JSON, with its line', async () => {
    const text = JSON.stringify(validFile(), null, 1).replace('"email": "p2@', '"email" "p2@');
    const line = text.split('\n').findIndex((content) => content.includes('"email" "p2@')) + 1;
    const [problem, ...others] = await problemsOf(test.database, text);
    expect(problem).toEqual({ place: `line ${line}, column 12`, message: expect.stringMatching(/^malformed JSON: ./) });
    expect(others).toEqual([]);
  });

  it('an end before the end', async () => {
    const text = JSON.stringify(validFile(), null, 1);
    expect((await problemsOf(test.database, text.slice(0, 700)))[0]?.message).toBe(
      'malformed JSON: the file ends before its JSON is complete',
    );
  });
});
