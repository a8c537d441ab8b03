import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { assignPackage } from '../src/engine/operations/assignPackage.ts';
import { unassignPackage } from '../src/engine/operations/unassignPackage.ts';
import { countPreflight } from '../src/persistence/assignCells.ts';
import { countUnassignment } from '../src/persistence/unassignCells.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { digestTarget, resetTarget } from './support/reset.ts';
import { ADMIN, ORGANIZATION, PERMISSIONS_PER_PACKAGE, peopleIds, TARGET_PACKAGE } from './support/world.ts';

const END_MEMBERSHIPS = `
  UPDATE assignments SET state = 'former'
  WHERE organization_id = $1 AND package_number = $2 AND user_id = ANY ($3::int[]) AND state = 'active'`;

const DEACTIVATE = `
  UPDATE app_auth SET active = false, reason = 'unassignment'
  WHERE organization_id = $1 AND package_number = $2 AND user_id = ANY ($3::int[]) AND active`;

/** Ending assignments: a night after they were made, and at once, with the statistics of the moment. */
export const unassign: Bench = {
  name: 'unassign',
  async run({ options, database: { pool, prisma }, engine }) {
    const userIds = peopleIds(options.members);
    const target = { organizationId: ORGANIZATION, packageNumber: TARGET_PACKAGE, userIds };
    const values = [ORGANIZATION, TARGET_PACKAGE, userIds];
    const command = { actor: ADMIN, number: TARGET_PACKAGE, userIds };
    const rows = PERMISSIONS_PER_PACKAGE * options.members;
    let planHash = '';
    const runs = {
      baseline: { label: 'UPDATE rows, UPDATE memberships', run: () => updateByHand(pool, values) },
      subject: {
        label: '`unassignPackage`',
        run: () => unassignPackage(engine, { ...command, key: randomUUID(), planHash, pastBrake: true }),
      },
    };
    const common = { ...runs, rounds: options.rounds, result: () => digestTarget(pool), rows, goal: { ratio: 1.5 } };
    const later = await compare({
      ...common,
      label: `unassign ${options.members}`,
      reset: async () => {
        await resetTarget(pool, userIds);
        planHash = (await countUnassignment(prisma, target)).hash;
      },
    });
    const atOnce = await compare({
      ...common,
      label: `unassign ${options.members} just assigned`,
      reset: async () => {
        await resetTarget(pool);
        const { hash } = await countPreflight(prisma, target);
        const choices = { keepPackage: false, exceptions: [] };
        await assignPackage(engine, { ...command, key: randomUUID(), choices, planHash: hash });
        planHash = (await countUnassignment(prisma, target)).hash;
      },
    });
    await resetTarget(pool);
    return [later, atOnce];
  },
};

async function updateByHand(pool: pg.Pool, values: unknown[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(DEACTIVATE, values);
    await client.query(END_MEMBERSHIPS, values);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
