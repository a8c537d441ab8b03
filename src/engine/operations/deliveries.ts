import { findOperation } from '../../persistence/operations.ts';
import {
  type ClaimedMessage,
  claimMessage,
  type MessageKind,
  postponeMessage,
  settleMessage,
} from '../../persistence/outbox.ts';
import type { EngineContext } from './operationFrame.ts';

export type Delivery = ClaimedMessage;

/** How long a claimed message is hidden from other processes; longer than any one attempt takes. */
const HIDDEN_MS = 10 * 60_000;

/** Takes the next message of these kinds that is due, for the worker `claimedBy`; null where none is. */
export function takeDelivery(
  { database, now }: EngineContext,
  kinds: readonly MessageKind[],
  claimedBy: string | null,
): Promise<Delivery | null> {
  const at = now();
  const hiddenUntil = new Date(at.getTime() + HIDDEN_MS);
  return claimMessage(database.prisma, { kinds, claimedBy, now: at, hiddenUntil });
}

/** Ends a message: delivered, or given up with a reason. */
export function settleDelivery(
  { database, now }: EngineContext,
  delivery: Delivery,
  error: string | null,
): Promise<void> {
  return settleMessage(database.prisma, delivery, now(), error);
}

/**
 * Puts a message off, remembering how far it got. `uncounted`: this was no attempt. `channel`: whose turn it waits for.
 */
export function postponeDelivery(
  { database, now }: EngineContext,
  delivery: Delivery,
  { afterMs, progress, error, uncounted, channel }: Postponement,
): Promise<void> {
  return postponeMessage(database.prisma, delivery, {
    availableAt: new Date(now().getTime() + afterMs),
    ...(progress !== undefined && { progress }),
    ...(error !== undefined && { lastError: error }),
    ...(uncounted && { uncounted }),
    ...(channel !== undefined && { channel }),
  });
}

interface Postponement {
  afterMs: number;
  progress?: number;
  error?: string;
  uncounted?: boolean;
  channel?: string;
}

/** What an operation was, for telling people about it. */
export interface DeliveredOperation {
  id: number;
  at: Date;
  kind: string;
  /** The package that it was about; null where it was about none. */
  package: { number: number; name: string } | null;
  /** Slack id of who confirmed it; null where unknown. */
  actorSlackId: string | null;
}

/** The operation behind a message; null where there is none. */
export async function operationBehind(
  { database: { prisma } }: EngineContext,
  { organizationId, operationId }: Delivery,
): Promise<DeliveredOperation | null> {
  const operation = operationId === null ? null : await findOperation(prisma, organizationId, { id: operationId });
  if (!operation) return null;
  const number = operation.packageNumber;
  const pack =
    number === null
      ? null
      : await prisma.package.findUnique({ where: { organizationId_number: { organizationId, number } } });
  const actor =
    operation.actorUserId === null
      ? null
      : await prisma.user.findUnique({ where: { organizationId_id: { organizationId, id: operation.actorUserId } } });
  return {
    id: operation.id,
    at: operation.at,
    kind: operation.kind,
    package: number === null ? null : { number, name: pack?.name ?? '' },
    actorSlackId: actor?.slackUserId ?? null,
  };
}
