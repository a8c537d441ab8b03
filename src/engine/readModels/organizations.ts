import {
  findOrganizationOfTeam,
  getOrganization,
  type Organization,
  selectFounders,
} from '../../persistence/organizations.ts';
import { findActor } from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';

export type { Organization };

/** The organization of a Slack workspace; null where none is set up. */
export function organizationOfTeam({ database }: EngineContext, slackTeamId: string): Promise<Organization | null> {
  return findOrganizationOfTeam(database.prisma, slackTeamId);
}

/** An organization by its id. */
export function organizationById({ database }: EngineContext, id: number): Promise<Organization> {
  return getOrganization(database.prisma, id);
}

/** The founders: whom to ask when nobody else may. */
export function organizationFounders(
  { database }: EngineContext,
  organizationId: number,
): Promise<{ name: string; slackUserId: string | null }[]> {
  return selectFounders(database.prisma, organizationId);
}

/** The actor behind a Slack user, with the rights of this moment; null where the organization has nobody. */
export function findActorBySlackId(
  { database }: EngineContext,
  organizationId: number,
  slackUserId: string,
): Promise<Actor | null> {
  return findActor(database.prisma, organizationId, { slackUserId });
}
