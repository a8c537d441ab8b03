import type { EngineContext } from '../operations/runOperation.ts';
import type { Organization } from './organizations.ts';
import { organizationById } from './organizations.ts';

/** The id of the local workspace; an organization that was set up in it belongs to it. */
export const LOCAL_TEAM_ID = 'T0LOCAL';

/** A person whom the local workspace knows. */
export interface LocalPerson {
  slackUserId: string;
  name: string;
  email: string;
  founder: boolean;
  metaPermissions: string[];
}

/** What a database holds, as far as the local workspace cares. */
export type LocalOrganization =
  | { found: 'none' }
  /** Every organization belongs to a real workspace. */
  | { found: 'bound' }
  | { found: 'local'; organization: Organization };

/**
 * The organization that the local workspace shows: the one created last of those that were imported without a
 * workspace, or set up in the local one.
 */
export async function findLocalOrganization(engine: EngineContext): Promise<LocalOrganization> {
  const { prisma } = engine.database;
  const local = await prisma.organization.findFirst({
    where: { OR: [{ slackTeamId: null }, { slackTeamId: LOCAL_TEAM_ID }] },
    orderBy: { id: 'desc' },
  });
  if (local) return { found: 'local', organization: await organizationById(engine, local.id) };
  return { found: (await prisma.organization.count()) === 0 ? 'none' : 'bound' };
}

/** The first people with a Slack id, by code, administrators and founders before all others. */
export async function localPeople(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  limit: number,
): Promise<LocalPerson[]> {
  return prisma.$queryRaw<LocalPerson[]>`
    SELECT u.slack_user_id AS "slackUserId", u.name, u.email, u.founder,
           coalesce(held.names, '{}') AS "metaPermissions"
    FROM users u
    LEFT JOIN LATERAL (
      SELECT array_agg(m.meta_permission ORDER BY m.meta_permission) AS names FROM meta_permissions m
      WHERE m.organization_id = u.organization_id AND m.user_id = u.id
    ) held ON true
    WHERE u.organization_id = ${organizationId}::int AND u.slack_user_id IS NOT NULL
    ORDER BY u.founder OR held.names IS NOT NULL DESC, u.code LIMIT ${limit}`;
}
