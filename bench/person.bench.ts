import { userDetails } from '../src/engine/readModels/userDetails.ts';
import type { Bench } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { LARGE_PACKAGE, ORGANIZATION, PERMISSIONS_PER_PACKAGE, peopleIds } from './support/world.ts';

const CELLS_OF_ONE = `
  SELECT pp.permission_id, pp.value, pp.param, pp.live, p.name, a.name AS application, u.name AS person, s.state,
         held.active, held.reason, held.package_number, held.value AS held_value, held.param AS held_param
  FROM package_permissions pp
  JOIN permissions p ON p.organization_id = pp.organization_id AND p.id = pp.permission_id
  JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
  JOIN users u ON u.organization_id = pp.organization_id AND u.id = $3
  LEFT JOIN assignments s ON s.organization_id = pp.organization_id AND s.package_number = pp.package_number
    AND s.user_id = u.id
  LEFT JOIN app_auth held ON held.organization_id = pp.organization_id AND held.user_id = u.id
    AND held.permission_id = pp.permission_id
  WHERE pp.organization_id = $1 AND pp.package_number = $2
  ORDER BY pp.permission_id`;

/** One person's details: every status with its reasons, beside one query that reads the rows and explains nothing. */
export const person: Bench = {
  name: 'person',
  async run({ options, database: { pool }, engine, actor }) {
    const userId = peopleIds(options.members)[50] ?? 0;
    const measured = await compare({
      label: 'one person of a package',
      baseline: {
        label: 'one SQL query of the rows',
        run: async () => (await pool.query(CELLS_OF_ONE, [ORGANIZATION, LARGE_PACKAGE, userId])).rowCount,
      },
      subject: {
        label: '`userDetails`',
        run: async () => (await userDetails(engine, actor, LARGE_PACKAGE, userId)).permissions.length,
      },
      rounds: options.rounds * 20,
      rows: PERMISSIONS_PER_PACKAGE,
    });
    return [measured];
  },
};
