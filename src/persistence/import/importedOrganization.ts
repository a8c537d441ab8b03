import { z } from 'zod';
import type { OrganizationHeader } from '../../engine/core/importFormat.ts';
import { lockOrganization } from '../organizationLock.ts';
import type { RawQuery } from '../rawQuery.ts';
import type { ImportCounts } from './summary.ts';

/** Whose organization a file is: that of a Slack workspace, or (null) the one of the same name that has none. */
export interface ImportTarget {
  slackTeamId: string | null;
}

/** Taken while an organization is made, so that two imports do not both make it. No id is 0. */
const CREATION_LOCK = 0;

const Found = z.array(z.object({ id: z.number() }));
const Created = z.tuple([z.object({ id: z.number() })]);
const Changed = z.tuple([z.object({ changed: z.number() })]);

const FIND = `
  SELECT id FROM organizations
  WHERE CASE WHEN $1::text IS NULL THEN slack_team_id IS NULL AND name = $2 ELSE slack_team_id = $1::text END
  ORDER BY id LIMIT 1`;
const CREATE = `
  INSERT INTO organizations (slack_team_id, name, time_zone, locale) VALUES ($1, $2, $3, $4) RETURNING id`;
const UPDATE = `
  WITH changed AS (
    UPDATE organizations SET name = $2, time_zone = $3, locale = $4
    WHERE id = $1::int AND (name, time_zone, locale) IS DISTINCT FROM ($2, $3, $4) RETURNING id
  )
  SELECT count(*)::int AS changed FROM changed`;

/**
 * Finds the organization that a file belongs to, or makes it, takes its lock, and gives it the file's name, time zone
 * and locale.
 */
export async function takeOrganization(
  query: RawQuery,
  header: OrganizationHeader,
  { slackTeamId }: ImportTarget,
): Promise<{ id: number; counts: ImportCounts }> {
  const values = [header.name, header.timeZone, header.locale];
  const find = async () => Found.parse(await query(FIND, [slackTeamId, header.name]))[0];
  let found = await find();
  if (!found) {
    await lockOrganization(query, CREATION_LOCK);
    found = await find();
  }
  if (!found) {
    const [{ id }] = Created.parse(await query(CREATE, [slackTeamId, ...values]));
    await lockOrganization(query, id);
    return { id, counts: { created: 1, changed: 0, unchanged: 0 } };
  }
  const { id } = found;
  await lockOrganization(query, id);
  // Whoever held the lock may have changed it
  const [{ changed }] = Changed.parse(await query(UPDATE, [id, ...values]));
  return { id, counts: { created: 0, changed, unchanged: 1 - changed } };
}
