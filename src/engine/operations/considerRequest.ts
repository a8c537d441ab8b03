import { randomUUID } from 'node:crypto';
import { compareAccess, rememberAccess, selectAccessDifference } from '../../persistence/accessDifference.ts';
import { findPermission } from '../../persistence/catalog.ts';
import type { Transaction } from '../../persistence/database.ts';
import { findOperation } from '../../persistence/operations.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { selectConcerned, selectPermissionIds, selectSideEffects } from '../../persistence/requestFacts.ts';
import type { RequestPlan } from '../core/requestPlan.ts';
import { EngineError } from '../errors.ts';
import { permissionLabel } from './permissionParameter.ts';
import { readRequestedCommand } from './requestableKinds.ts';
import { type ActorRef, type EngineContext, rehearse } from './runOperation.ts';

/** People whose changes a plan names; the rest are counted. */
const NAMED = 10;

/** Packages that a plan names as differing. */
const PACKAGES_NAMED = 3;

/** What somebody asks for. */
export interface Consideration {
  kind: string;
  /** The command without actor and key. */
  command: object;
  requester: ActorRef;
  selfService: boolean;
  /** Asked under the organization's lock, before anything is done: throws where it is too late. */
  first?: (within: Transaction) => Promise<unknown>;
}

/** What a request would do now, whom it concerns, and the hash by which a later look knows whether it still would. */
export interface ConsideredPlan {
  plan: RequestPlan;
  planHash: string;
  packageNumber: number | null;
  userIds: number[];
}

/**
 * Finds out what a request would do, by doing it and taking it back: with the requester's rights of this moment, unless
 * it is asked for oneself. Takes the organization's lock meanwhile.
 * @throws EngineError whatever the operation refuses.
 */
export function considerRequest(context: EngineContext, request: Consideration): Promise<ConsideredPlan> {
  const { kind, requester, selfService } = request;
  const { run, scope } = readRequestedCommand(kind, request.command);
  const { organizationId } = requester;
  return rehearse({ ...context, request: { id: null, selfService } }, async (together) => {
    const { within } = together;
    // Before anything is remembered, so that nobody else's change is taken for this one's
    await lockOrganization(rawQueryOf(within), organizationId);
    await request.first?.(within);
    const { audience, permissions } = scope;
    const permissionIds = await selectPermissionIds(within, organizationId, permissions);
    const access = { organizationId, audiences: [audience], permissionIds };
    await rememberAccess(within, access);
    const { operationId } = await run(together, { actor: requester, key: randomUUID() });
    const difference = await compareAccess(within, access);
    const { gain, up, down, scope: scopes, loss, people, lacksMain } = difference;
    const operation = await findOperation(within, organizationId, { id: operationId });
    if (!operation) throw new EngineError('operation_not_found', { operationId });
    const { userIds, named } = await selectConcerned(within, organizationId, operationId, NAMED);
    const sideEffects = await selectSideEffects(within, access, operationId, PACKAGES_NAMED);
    return {
      planHash: operation.planHash,
      packageNumber: operation.packageNumber,
      userIds,
      plan: {
        outcome: operation.outcome,
        access: { gain, up, down, scope: scopes, loss, people },
        ...{ ...sideEffects, lacksMain, named },
        changed: await selectAccessDifference(within, organizationId, { offset: 0, limit: NAMED }),
        ...(await namesOf(within, organizationId, operation.packageNumber, permissions)),
      },
    };
  });
}

/** Whether it is about people alone, and concerns none of them: they have the package, or have it not, already. */
export function asksForNothing(kind: string, { userIds }: ConsideredPlan): boolean {
  return userIds.length === 0 && (kind === 'assign_package' || kind === 'unassign_package');
}

/**
 * Considers a request that was made before.
 * @throws EngineError `nothing_changed` where meanwhile all have what it asks for, and whatever the operation refuses.
 */
export async function considerAgain(context: EngineContext, request: Consideration): Promise<ConsideredPlan> {
  const considered = await considerRequest(context, request);
  if (asksForNothing(request.kind, considered)) throw new EngineError('nothing_changed', {});
  return considered;
}

async function namesOf(
  within: Transaction,
  organizationId: number,
  packageNumber: number | null,
  permissions: object,
): Promise<Pick<RequestPlan, 'package' | 'permission'>> {
  const number = packageNumber;
  const pack =
    number === null
      ? null
      : await within.package.findUnique({ where: { organizationId_number: { organizationId, number } } });
  const id = 'permissionId' in permissions ? Number(permissions.permissionId) : null;
  const permission = id === null ? null : await findPermission(within, organizationId, id);
  return {
    package: pack && { number: pack.number, name: pack.name },
    permission: permission && permissionLabel(permission),
  };
}
