import { rememberAccess, rememberShifted, type ShiftScope, selectShifted } from '../../persistence/accessShift.ts';
import type { Transaction } from '../../persistence/database.ts';
import { enqueueMessages } from '../../persistence/outbox.ts';
import { recordPeople } from '../../persistence/recordPeople.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { recordNotices } from './accessNotices.ts';

/**
 * Does something that writes no row of anybody, and can give them other access all the same, through profiles and
 * rules: whoever has other access afterwards is recorded and told. @returns how many they are.
 */
export async function tellAccessShift(
  transaction: Transaction,
  { id, actor, at }: { id: number; actor: Actor; at: Date },
  scope: ShiftScope,
  change: () => Promise<void>,
): Promise<number> {
  const { organizationId } = actor;
  await rememberAccess(transaction, organizationId, scope);
  await change();
  const shifted = await selectShifted(transaction, organizationId, scope);
  if (shifted.length === 0) return 0;
  const operation = { organizationId, operationId: id };
  await recordPeople(transaction, operation, shifted, 'shifted');
  const messages = [{ kind: 'access_changed' as const, payload: { audience: 'changed' } }];
  await rememberShifted(transaction, organizationId, scope, at);
  await recordNotices(transaction, { ...operation, at, packageNumber: null }, messages);
  await enqueueMessages(transaction, { ...operation, at }, messages);
  return shifted.length;
}
