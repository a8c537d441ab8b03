import { expect, it } from 'vitest';
import { type ImportProgress, importOrganization } from '../../../src/engine/operations/importOrganization.ts';
import { IMPORTED_AT } from '../../persistence/import/importFile.ts';
import { createTestDatabase } from '../../support/database.ts';

const USERS = 20_000;
const AUTHORIZATIONS_EACH = 40;

/** A file that never exists as a whole: its authorizations come first, and refer to what follows. */
async function* largeFile(): AsyncGenerator<Buffer> {
  yield Buffer.from('{"organization":{"name":"Large","timeZone":"UTC","locale":"en"},"authorizations":[');
  for (let user = 0; user < USERS; user++) {
    const rows = Array.from({ length: AUTHORIZATIONS_EACH }, (_, k) =>
      JSON.stringify({
        ...{ user: `P${user}`, application: 'app', permission: `p${k}`, value: user % 3 ? 'edit' : 'view' },
        ...{ param: [`S${k % 7}`], active: true, source: user % 5 ? 'package:1' : 'manual' },
      }),
    );
    yield Buffer.from(`${user ? ',' : ''}${rows.join(',\n')}`);
  }
  yield Buffer.from('],"users":[');
  for (let user = 0; user < USERS; user++) {
    const element = { code: `P${user}`, name: `Person ${user}`, email: '', structure: `S${user % 7}` };
    yield Buffer.from(`${user ? ',' : ''}${JSON.stringify(element)}`);
  }
  const structures = Array.from({ length: 7 }, (_, k) => ({ code: `S${k}`, name: `S${k}`, parent: k ? 'S0' : null }));
  const permissions = Array.from({ length: AUTHORIZATIONS_EACH }, (_, k) => ({
    ...{ key: `p${k}`, name: `P ${k}`, levels: ['view', 'edit'], scope: 'structures' },
  }));
  const pack = {
    number: 1,
    name: 'One',
    description: '',
    structures: [],
    state: 'active',
    permissions: [],
    former: [],
  };
  const members = Array.from({ length: USERS }, (_, user) => `P${user}`);
  const rest = {
    ...{ structures, groups: [], applications: [{ key: 'app', name: 'App', permissions }] },
    ...{ packages: [{ ...pack, members }], profiles: [], rules: [], administrators: [] },
  };
  yield Buffer.from(`],${JSON.stringify(rest).slice(1)}`);
}

it('imports a large file as a stream', { timeout: 180_000 }, async () => {
  const test = await createTestDatabase();
  try {
    const told: ImportProgress[] = [];
    const { sections } = await importOrganization({
      ...{ database: test.database, source: largeFile(), target: { slackTeamId: null }, now: IMPORTED_AT },
      onProgress: (progress) => told.push(progress),
    });
    expect(sections.authorizations.created).toBe(USERS * AUTHORIZATIONS_EACH);
    expect(sections.assignments.created).toBe(USERS);
    const { rows } = await test.database.pool.query(
      `SELECT count(*)::int AS rows, count(DISTINCT user_id)::int AS users, sum(length(param))::int AS params,
              count(*) FILTER (WHERE package_number = 1)::int AS owned FROM app_auth`,
    );
    const total = USERS * AUTHORIZATIONS_EACH;
    expect(rows).toEqual([{ rows: total, users: USERS, params: total * 2, owned: (total / 5) * 4 }]);
    expect(told.filter(({ section }) => section === 'authorizations').length).toBeGreaterThan(10);
    expect(told).toContainEqual({ section: 'authorizations', rows: total });
  } finally {
    await test.drop();
  }
});
