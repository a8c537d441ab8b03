import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PeopleFileError } from '../../../src/engine/core/peopleFile.ts';
import { previewPeopleUpdate, updatePeople } from '../../../src/engine/operations/updatePeople.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { rawQueryOf } from '../../../src/persistence/rawQuery.ts';
import { describePeopleProblem } from '../../../src/slack/kit/peopleProblem.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addUsers('ANA', 'BEN');
});

async function* inChunks(...chunks: (string | Buffer)[]): AsyncGenerator<string | Buffer> {
  yield* chunks;
}

const listOf = (...lines: string[]) => ({
  organizationId: organization.id,
  userId: null as number | null,
  source: inChunks(lines.join('\r\n')),
});
const preview = (...lines: string[]) => previewPeopleUpdate(organization.context, listOf(...lines));
const apply = (lines: string[], planHash: string | null = null, key: string = randomUUID()) =>
  updatePeople(organization.context, listOf(...lines), { key, planHash });
const peopleNow = () =>
  test.database.prisma.user.findMany({ where: { organizationId: organization.id }, orderBy: { code: 'asc' } });

async function problemsOf(...lines: string[]): Promise<string[]> {
  const before = await peopleNow();
  try {
    await apply(lines);
  } catch (error) {
    expect(await peopleNow()).toEqual(before);
    if (!(error instanceof PeopleFileError)) throw error;
    expect(error.total).toBeGreaterThanOrEqual(error.problems.length);
    return error.problems.map((problem) => describePeopleProblem(textsOf('en'), problem));
  }
  throw new Error('The list was taken');
}

describe('a list of people', () => {
  const lines = [
    '\uFEFFName;Code;E-Mail;Estructura;Left',
    'Zoë Müller;NEW;zoe@test.example;REG;',
    '"Ruiz; Ana";ana;ana@test.example;REG;no',
    'Person BEN;BEN;ben@test.example;REG;yes',
    '',
    'Person ADMIN;ADMIN;admin@test.example;REG;',
  ];

  it('creates, changes and marks people as it says, after telling what differs', async () => {
    const { counts, first } = await preview(...lines);
    expect(counts).toMatchObject({ created: 1, changed: 1, left: 1, returned: 0, unchanged: 1 });
    expect(first).toMatchObject([
      { code: 'NEW', created: true, name: 'Zoë Müller' },
      { code: 'ANA', created: false, name: 'Ruiz; Ana', nameWas: 'Person ANA' },
      { code: 'BEN', hasLeft: true, leftWas: false },
    ]);
    expect(await peopleNow()).toHaveLength(3);
    const { operationId } = await apply(lines, counts.hash);
    expect(await peopleNow()).toMatchObject([
      { code: 'ADMIN', leftAt: null },
      { code: 'ANA', name: 'Ruiz; Ana', slackUserId: `U0${organization.id}ANA` },
      { code: 'BEN', leftBecause: 'import' },
      { code: 'NEW', name: 'Zoë Müller', slackUserId: null },
    ]);
    const concerned = await test.database.prisma.operationChange.findMany({
      where: { operationId: operationId ?? 0 },
      orderBy: { userCode: 'asc' },
      select: { userCode: true, membership: true },
    });
    expect(concerned.map(({ userCode }) => userCode)).toEqual(['ANA', 'BEN', 'NEW']);
    expect(await findBrokenAuditRecord(rawQueryOf(test.database.prisma), organization.id)).toBeNull();
  });

  it('changes nothing the second time, and brings back whom it says has not left', async () => {
    await apply(lines);
    expect(await apply(lines)).toMatchObject({ operationId: null, counts: { unchanged: 4 } });
    const back = ['code,name,email,structure,left', 'BEN,Person BEN,ben@test.example,REG,No'];
    expect((await apply(back)).counts).toMatchObject({ returned: 1, left: 0 });
    expect((await peopleNow()).map(({ leftAt }) => leftAt)).toEqual([null, null, null, null]);
    const silent = ['code\tname\temail\tstructure', 'BEN\tBen\tben@test.example\tREG'];
    expect((await apply(silent)).counts).toMatchObject({ changed: 1 });
  });

  it('applies exactly what was shown, and once', async () => {
    const { counts } = await preview(...lines);
    await test.database.prisma.user.updateMany({
      where: { organizationId: organization.id, code: 'ANA' },
      data: { name: 'Ana Ruiz' },
    });
    await expect(apply(lines, counts.hash)).rejects.toMatchObject({ code: 'plan_changed' });
    const { counts: now } = await preview(...lines);
    const key = randomUUID();
    const { operationId } = await apply(lines, now.hash, key);
    expect(await apply(lines, now.hash, key)).toMatchObject({ operationId });
    const where = { organizationId: organization.id, kind: 'update_people' };
    expect(await test.database.prisma.operation.count({ where })).toBe(1);
  });

  it('is refused to who may not manage the catalogue', async () => {
    const { userId } = await organization.addAdministrator('EYE', 'view');
    const list = { ...listOf(...lines), userId };
    await expect(previewPeopleUpdate(organization.context, list)).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await peopleNow()).toHaveLength(4);
  });
});

describe('what is wrong with a list', () => {
  it('is told with line and column, all of it, and nothing is applied', async () => {
    expect(
      await problemsOf(
        ...['code,name,email,structure,left', 'NEW,,zoe,NOPE,perhaps', 'A*,X,x@test.example', '"A,B",X,,REG,'],
        ...['*,X,,REG,', 'NEW,X,,REG,', 'ana,X,,REG,', 'ANA,X,,REG,'],
      ),
    ).toEqual([
      'Line 2, name: is empty.',
      'Line 2, e-mail: “zoe” is no e-mail address.',
      'Line 2, left: “perhaps” is neither yes nor no.',
      'Line 2, structure: there is no structure “NOPE”.',
      'Line 3: has another number of fields than the headings (3/5).',
      'Line 4, code: “A,B” is no code: at most 100 characters, no comma, not *.',
      'Line 5, code: “*” is no code: at most 100 characters, no comma, not *.',
      'Line 6, code: this person is on line 2 already.',
      'Line 8, code: this person is on line 7 already.',
    ]);
  });

  it.each([
    [
      'unknown, repeated and missing columns',
      ['code,kode,code,name', 'X,X,X,X'],
      [
        'Line 1: “kode” is no column. There are code, name, email, structure and left.',
        'Line 1, code: the column “code” is there twice.',
        'Line 1, e-mail: the column “email” is missing.',
        'Line 1, structure: the column “structure” is missing.',
      ],
    ],
    [
      'a quote that is not closed',
      ['code,name,email,structure', 'X,"Y,z@test.example,REG'],
      ['Line 2: cannot be read: a quote is not closed, or stands inside a field.'],
    ],
    ['headings alone', ['code,name,email,structure'], ['Line 1: there is nobody below the headings.']],
    ['nothing', [''], ['Line 1: there is nobody below the headings.']],
  ])('%s', async (_name, lines, expected) => {
    expect(await problemsOf(...lines)).toEqual(expected);
  });

  it('is no text in UTF-8', async () => {
    const latin = Buffer.from('code,name,email,structure\nX,Mu\xf1oz,,REG', 'latin1');
    const list = {
      organizationId: organization.id,
      userId: null,
      source: inChunks(latin.subarray(0, 3), latin.subarray(3)),
    };
    await expect(previewPeopleUpdate(organization.context, list)).rejects.toMatchObject({
      problems: [{ line: 2, column: 'name', kind: 'unprintable' }],
    });
  });

  it('is bounded, and counted', async () => {
    const wrong = Array.from({ length: 250 }, (_, index) => `P${index},,,NOPE`);
    const list = listOf('code,name,email,structure', ...wrong);
    const failed = await previewPeopleUpdate(organization.context, list).catch((error: unknown) => error);
    expect(failed).toMatchObject({ total: 500 });
    expect((failed as PeopleFileError).problems).toHaveLength(100);
  });
});

it('takes a hundred thousand lines as a stream', { timeout: 120_000 }, async () => {
  async function* lines(): AsyncGenerator<string> {
    yield 'code,name,email,structure\n';
    for (let block = 0; block < 100; block++) {
      yield Array.from({ length: 1_000 }, (_, index) => {
        const code = `P${block * 1_000 + index}`;
        return `${code},Person ${code},${code}@test.example,REG\n`;
      }).join('');
    }
  }
  const list = { organizationId: organization.id, userId: null };
  const done = await updatePeople(
    organization.context,
    { ...list, source: lines() },
    { key: randomUUID(), planHash: null },
  );
  expect(done.counts).toMatchObject({ created: 100_000, unchanged: 0 });
  const again = await previewPeopleUpdate(organization.context, { ...list, source: lines() });
  expect(again.counts).toMatchObject({ created: 0, changed: 0, unchanged: 100_000 });
});
