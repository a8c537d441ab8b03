import { z } from 'zod';
import type { Queryable } from './database.ts';

const Organization = z.object({
  id: z.number(),
  name: z.string(),
  timeZone: z.string(),
  locale: z.enum(['en', 'es']),
  slackTeamId: z.string().nullable(),
  /** Percent of a package's members from whom one confirmation may take access. */
  brakeShare: z.number(),
});

export type Organization = z.infer<typeof Organization>;

/** The organization that a Slack workspace belongs to; null where none is set up yet. */
export async function findOrganizationOfTeam(queryable: Queryable, slackTeamId: string): Promise<Organization | null> {
  const found = await queryable.organization.findUnique({ where: { slackTeamId } });
  return found && Organization.parse(found);
}

/** An organization by id. @throws where there is none: ids come from our own rows. */
export async function getOrganization(queryable: Queryable, id: number): Promise<Organization> {
  return Organization.parse(await queryable.organization.findUniqueOrThrow({ where: { id } }));
}

/** The founders of an organization: whom to ask when nobody else may. */
export async function selectFounders(
  queryable: Queryable,
  organizationId: number,
): Promise<{ name: string; slackUserId: string | null }[]> {
  return queryable.user.findMany({
    where: { organizationId, founder: true },
    select: { name: true, slackUserId: true },
    orderBy: { code: 'asc' },
  });
}

/** Every organization, in the order in which they came. */
export async function selectOrganizations(queryable: Queryable): Promise<{ id: number; name: string }[]> {
  return queryable.organization.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } });
}
