import { appendAudit } from '../../persistence/audit.ts';
import { enqueueDrift } from '../../persistence/drift/driftMarks.ts';
import { claimOperation, completeOperation } from '../../persistence/operations.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { findOrganizationOfTeam } from '../../persistence/organizations.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { searchText } from '../core/searchText.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext } from './runOperation.ts';

/** A workspace's first organization, and the person who becomes its founder. */
export interface SetUpCommand {
  key: string;
  slackTeamId: string;
  organization: { name: string; timeZone: string; locale: 'en' | 'es' };
  founder: { slackUserId: string; code: string; name: string; email: string };
}

/**
 * Sets an organization up for a workspace that has none: one structure, and its founder. Whoever calls has made sure
 * that the person owns or administers the workspace.
 * @throws EngineError `organization_exists` where somebody was faster.
 */
export function setUpOrganization(
  { database, now }: EngineContext,
  { key, slackTeamId, organization, founder }: SetUpCommand,
): Promise<{ organizationId: number }> {
  return database.prisma.$transaction(async (transaction) => {
    const query = rawQueryOf(transaction);
    // There is no organization to lock yet: zero stands for all that are to come
    await lockOrganization(query, 0);
    const existing = await findOrganizationOfTeam(transaction, slackTeamId);
    if (existing) throw new EngineError('organization_exists', { name: existing.name });
    const at = now();
    const { id: organizationId } = await transaction.organization.create({ data: { ...organization, slackTeamId } });
    const { id: structureId } = await transaction.structure.create({
      data: {
        organizationId,
        code: 'ALL',
        name: organization.name,
        path: [],
        searchText: searchText('ALL', organization.name),
      },
    });
    await transaction.structure.update({
      where: { organizationId_id: { organizationId, id: structureId } },
      data: { path: [structureId] },
    });
    const { code, name, email, slackUserId } = founder;
    const { id: actorUserId } = await transaction.user.create({
      data: {
        organizationId,
        code,
        name,
        email,
        slackUserId,
        structureId,
        founder: true,
        searchText: searchText(code, name, email),
      },
    });
    const kind = 'set_up_organization' as const;
    const operationId = await claimOperation(transaction, { organizationId, key, kind, actorUserId, at });
    if (operationId === null) throw new EngineError('organization_exists', { name: organization.name });
    const after = { ...organization, founder: code };
    const planHash = hashOf(after);
    await completeOperation(transaction, organizationId, operationId, {
      ...{ packageNumber: null, planHash, snapshot: after, outcome: {} },
    });
    const record = { organizationId, operationId, at, planHash, subject: after, before: null, after };
    await appendAudit(query, { ...record, action: kind, actor: { code, name } });
    // Nobody has anything yet: the first look, which tells nothing as news, is soon done
    await enqueueDrift(query, { organizationId, scan: false });
    return { organizationId };
  });
}
