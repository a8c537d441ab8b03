import {
  countRequests,
  type ListedRequest,
  type RequestFilter,
  selectAwaitedGroups,
  selectRequests,
  selectSays,
} from '../../persistence/requestLists.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { ApprovalContext } from '../operations/approvers.ts';
import { requireMay } from './requireMay.ts';

export type { ListedRequest };

/** Which requests: one's own, those one can decide about, or (with `view`) all of the organization. */
export type RequestList = 'mine' | 'decide' | 'all';

interface Page {
  offset: number;
  limit: number;
}

/** One page of requests, the newest first. @throws EngineError `not_allowed` for all of them without `view`. */
export async function listRequests(
  context: ApprovalContext,
  actor: Actor,
  list: RequestList,
  page: Page,
): Promise<{ requests: ListedRequest[]; total: number }> {
  const filter = await filterOf(context, actor, list);
  return selectRequests(context.database.prisma, actor.organizationId, filter, page);
}

async function filterOf(context: ApprovalContext, actor: Actor, list: RequestList): Promise<RequestFilter> {
  if (list === 'mine') return { of: 'requester', userId: actor.userId };
  if (list === 'decide') return toDecide(context, actor);
  requireMay(actor, 'view');
  return { of: 'all' };
}

/** How many requests wait for somebody's decision; `only`: whether that one does (1 or 0). */
export async function countToDecide(context: ApprovalContext, actor: Actor, only?: number): Promise<number> {
  const filter = { ...(await toDecide(context, actor)), ...(only !== undefined && { only }) };
  return countRequests(context.database.prisma, actor.organizationId, filter);
}

async function toDecide(
  context: ApprovalContext,
  { organizationId, userId }: Actor,
): Promise<Extract<RequestFilter, { of: 'decider' }>> {
  const { prisma } = context.database;
  const at = context.now();
  const says = await selectSays(prisma, { organizationId, userId }, at);
  const groups = await selectAwaitedGroups(prisma, organizationId);
  const members = await Promise.all(
    groups.map(async (group) => {
      // A list of what waits must not be lost because Slack cannot tell of one group; a decision asks again
      const accounts = await context.userGroupMembers(group).catch((): readonly string[] => []);
      return says
        .filter(({ slackUserId }) => accounts.includes(slackUserId))
        .map((say) => ({ group, userId: say.userId }));
    }),
  );
  return { of: 'decider', userId, says, members: members.flat(), at };
}
