import { findOperation } from '../../persistence/operations.ts';
import { enqueueMessages } from '../../persistence/outbox.ts';
import { findUser } from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { requireMay } from '../readModels/requireMay.ts';
import type { EngineContext } from './runOperation.ts';

/**
 * Has the PDF of an assignment sent again, to whoever asks. Nothing of the organization changes. Needs `view_audit`.
 * @throws EngineError `operation_not_found`, `not_an_assignment`.
 */
export async function sendReceipt(
  { database: { prisma }, now }: EngineContext,
  actor: Actor,
  operationId: number,
): Promise<void> {
  requireMay(actor, 'view_audit');
  const { organizationId, userId } = actor;
  const operation = await findOperation(prisma, organizationId, { id: operationId });
  if (!operation) throw new EngineError('operation_not_found', { operationId });
  if (operation.kind !== 'assign_package') throw new EngineError('not_an_assignment', { operationId });
  const asker = await findUser(prisma, organizationId, { userId });
  if (!asker?.slackUserId) throw new EngineError('user_not_found', { wanted: actor.code });
  const at = now();
  await enqueueMessages(prisma, { organizationId, operationId, at }, [
    { kind: 'assignment_report', payload: { to: asker.slackUserId, askedAt: at.toISOString() } },
  ]);
}
