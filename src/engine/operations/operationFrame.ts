import type { Database, Transaction } from '../../persistence/database.ts';
import type { OutboxMessage } from '../../persistence/outbox.ts';
import type { Json } from '../core/canonicalJson.ts';
import type { Actor, MetaPermission } from '../core/metaPermissions.ts';
import type { RecordedKind } from '../core/recordedKinds.ts';

/** What operations need from outside. */
export interface EngineContext {
  database: Database;
  now: () => Date;
  /** The transaction that operations share which stand or fall together; absent: each has its own. */
  within?: Transaction;
  /** Set where everything is taken back in the end: then it is a preview, and needs nobody's approval. */
  rehearsing?: boolean;
  /** The request that operations are done for, or rehearsed for (`id` null); it has its own say of plans and rights. */
  request?: RequestStanding;
}

/** What a request means for the operation that is done for it. */
export interface RequestStanding {
  id: number | null;
  /** Asked for oneself: the right to do it is the approvers', not the requester's. */
  selfService: boolean;
}

/** What operations need that share a transaction. */
export type Together = EngineContext & { within: Transaction };

/** Who confirms: re-read and re-authorized in the transaction. */
export interface ActorRef {
  organizationId: number;
  userId: number;
}

/** A confirmed command. The key makes it happen once, however often it is sent. */
export interface Command {
  actor: ActorRef;
  key: string;
  /** Why a founder does at once what needs approval. Whoever would have had to approve hears of it. */
  breakGlass?: string | undefined;
  /** It was confirmed a second time that it takes access from so many members. */
  pastBrake?: boolean | undefined;
}

/** What the body of an operation did. */
export interface OperationEffect<Outcome> {
  /** The package that it was about; null where it was about none. */
  packageNumber: number | null;
  planHash: string;
  /** What it was about, with the names of that moment; enough to print its report again. */
  snapshot: Json;
  outcome: Outcome;
  audit: { subject: { [name: string]: Json }; before: Json; after: Json };
  messages: OutboxMessage[];
  /** The operation that it took back: what that had done to people's drift has changed too. */
  undone?: number;
}

export interface OperationDone<Outcome> {
  operationId: number;
  outcome: Outcome;
  /** True where the same key had been applied before and nothing was done now. */
  repeated: boolean;
}

/** What an operation is called, what it needs (every one of a list), and who confirmed it. */
export interface OperationHead {
  kind: RecordedKind;
  needs: MetaPermission | readonly MetaPermission[];
  command: Command;
  /**
   * The package whose policy may demand approval; null where only the organization's can. Needed for the kinds that
   * policies are about.
   */
  packageNumber?: number | null;
  /** The kind by which policies know it, where that is another: undoing is what was undone. */
  governedAs?: RecordedKind;
  /**
   * Nobody did it: it came by itself, and is recorded without an actor. The command's says only whose request it was.
   */
  byItself?: boolean;
}

/** An operation under way, as its body knows it. */
export interface Underway {
  id: number;
  actor: Actor;
  at: Date;
  /** Who approved it, in the order of their decisions; empty where nobody had to. */
  approvedBy: readonly Named[];
}

/** Somebody, as records name them for ever. */
export type Named = { code: string; name: string };
