import {
  type BackgroundOperation,
  type BackgroundRef,
  type BackgroundState,
  findBackgroundOperation,
  markTold,
  type ReportTo,
} from '../../persistence/backgroundOperations.ts';
import { getOrganization, type Organization } from '../../persistence/organizations.ts';
import { findUser } from '../../persistence/users.ts';
import type { EngineContext } from './runOperation.ts';

/** A background operation as it stands, and whom to tell. */
export interface BackgroundReport extends BackgroundOperation {
  /** Slack id of who confirmed it; null where unknown. */
  actorSlackId: string | null;
  organization: Organization;
}

/**
 * What to tell of a background operation; null where there is none. For the bot's own messages: not authorized here.
 */
export async function findBackgroundReport(
  { database: { prisma } }: EngineContext,
  ref: BackgroundRef,
): Promise<BackgroundReport | null> {
  const operation = await findBackgroundOperation(prisma, ref);
  if (!operation) return null;
  const actor = await findUser(prisma, ref.organizationId, { userId: operation.actorUserId });
  const organization = await getOrganization(prisma, ref.organizationId);
  return { ...operation, actorSlackId: actor?.slackUserId ?? null, organization };
}

/** Remembers what of a background operation was told, so that it is not told again. */
export function rememberTold(
  { database: { prisma } }: EngineContext,
  ref: BackgroundRef,
  told: { told?: BackgroundState; reportTo?: ReportTo; detailsSent?: boolean },
): Promise<void> {
  return markTold(prisma, ref, told);
}
