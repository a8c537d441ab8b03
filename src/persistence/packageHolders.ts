import { z } from 'zod';
import type { Queryable } from './database.ts';

/** Counts the active members who have something through the package. */
export async function countHolders(
  queryable: Queryable,
  { organizationId, packageNumber }: { organizationId: number; packageNumber: number },
): Promise<number> {
  const [row] = await queryable.$queryRaw<unknown[]>`
    SELECT count(*)::int AS people FROM assignments s
    WHERE s.organization_id = ${organizationId}::int AND s.package_number = ${packageNumber}::int AND s.state = 'active'
      AND EXISTS (
        SELECT FROM app_auth held
        WHERE held.organization_id = s.organization_id AND held.user_id = s.user_id
          AND held.active AND held.package_number = s.package_number
      )`;
  return z.object({ people: z.number() }).parse(row).people;
}
