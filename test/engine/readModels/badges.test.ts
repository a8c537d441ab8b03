import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importOrganization } from '../../../src/engine/operations/importOrganization.ts';
import { findActorBySlackId } from '../../../src/engine/readModels/organizations.ts';
import { userDetails } from '../../../src/engine/readModels/userDetails.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { badgeOf } from '../../../src/slack/kit/wording.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { independentBadges, type OrganizationFile } from '../../support/independentBadges.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const SAMPLE = new URL('../../../prisma/sample/organization.json', import.meta.url);

it('shows, for every member of every package of the sample, the badges that an independent model gives', async () => {
  const bytes = await readFile(process.env.ORGANIZATION_FILE ?? SAMPLE);
  const file = JSON.parse(bytes.toString('utf8')) as OrganizationFile;
  const { database } = test;
  const now = new Date('2026-05-03T10:00:00Z');
  const source = (async function* () {
    yield bytes;
  })();
  const { organizationId } = await importOrganization({ database, source, target: { slackTeamId: null }, now });
  const founder = file.users.find((user) => user.founder)?.slackUserId ?? '';
  const engine = { database, now: () => now };
  const actor = await findActorBySlackId(engine, organizationId, founder);
  if (!actor) throw new Error('The file has no founder with a Slack id');
  const users = await database.prisma.user.findMany({ where: { organizationId } });
  const idOf = new Map(users.map(({ code, id }) => [code, id]));

  const shown = new Map<string, string>();
  for (const { number, members, former } of file.packages) {
    for (const code of [...members, ...former]) {
      const details = await userDetails(engine, actor, number, idOf.get(code) ?? 0);
      for (const { permission, status, facts } of details.permissions) {
        const key = `${number}/${code}/${permission.applicationKey}/${permission.key}`;
        shown.set(key, badgeOf(textsOf('en'), status, facts));
      }
    }
  }
  expect(shown.size).toBeGreaterThan(100);
  expect(Object.fromEntries([...shown].sort())).toEqual(Object.fromEntries([...independentBadges(file)].sort()));
});
