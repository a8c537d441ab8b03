import type { Transaction } from '../../persistence/database.ts';
import type { OutboxMessage } from '../../persistence/outbox.ts';
import { recordPeople } from '../../persistence/recordPeople.ts';
import { hashOf, type Json } from '../core/canonicalJson.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { type EngineContext, type OperationDone, type OperationHead, runOperation } from './runOperation.ts';

/** What a change of the organization itself did: what it was about, and how that was before and after. */
export interface AdministrationEffect<Outcome extends Json> {
  /** Names and codes of that moment, such as `{ application: 'registry', permission: 'records' }`. */
  subject: { [name: string]: Json };
  /** Null where it did not exist. */
  before: Json;
  after: Json;
  outcome: Outcome;
  /** People whom it concerns: the audit trail finds it by them, and their card shows it. None by default. */
  people?: readonly number[];
  /** What Slack is told after it. Nothing by default. */
  messages?: OutboxMessage[];
}

/**
 * The frame of operations that change the organization itself (catalogue, people, settings) and no row of anybody:
 * {@link runOperation} with its record made of what was before and after. What was confirmed is what is applied, so the
 * plan's hash is that of the change.
 */
export function runAdministration<Outcome extends Json>(
  context: EngineContext,
  head: OperationHead,
  body: (
    transaction: Transaction,
    operation: { id: number; actor: Actor; at: Date },
  ) => Promise<AdministrationEffect<Outcome>>,
): Promise<OperationDone<Outcome>> {
  return runOperation(context, head, async (transaction, operation) => {
    const { subject, before, after, outcome, people = [], messages = [] } = await body(transaction, operation);
    await recordPeople(
      transaction,
      { organizationId: operation.actor.organizationId, operationId: operation.id },
      people,
    );
    return {
      packageNumber: null,
      planHash: hashOf({ kind: head.kind, subject, before, after }),
      snapshot: subject,
      outcome,
      audit: { subject, before, after },
      messages,
    };
  });
}
