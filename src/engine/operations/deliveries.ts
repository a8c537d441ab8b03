import { findOperation } from '../../persistence/operations.ts';
import {
  type ClaimedMessage,
  claimMessage,
  type MessageKind,
  postponeMessage,
  selectAffectedPeople,
  selectMembersToTell,
  settleMessage,
} from '../../persistence/outbox.ts';
import { GrantSnapshot } from '../core/grantSnapshot.ts';
import { isSourceChange, SourceAbout, type SourceChangeKind } from '../core/sourceChange.ts';
import type { EngineContext } from './runOperation.ts';

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

/** Puts a message off, remembering how far it got. `uncounted`: this was no attempt. `channel`: whose turn it waits for. */
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
  /** What was changed by hand; null for any other operation. */
  grant: GrantSnapshot | null;
  /** The change of a profile, a rule or a group; null for any other operation. */
  source: { kind: SourceChangeKind; about: SourceAbout } | null;
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
    grant: operation.kind === 'grant_permission' ? GrantSnapshot.parse(operation.snapshot) : null,
    source: isSourceChange(operation.kind)
      ? { kind: operation.kind, about: SourceAbout.parse(operation.snapshot) }
      : null,
    actorSlackId: actor?.slackUserId ?? null,
  };
}

/** A person whose access an operation changed. */
export interface Affected {
  userId: number;
  slackUserId: string;
  /**
   * What happened: `assigned`, `reassigned`, `unassigned`, `member` of a package that was disabled or enabled, `granted`
   * or `disabled` by hand, or `access_changed` by a profile, a rule or a group.
   */
  membership: string;
}

/** The next people to tell, in the order of their ids. */
export async function nextAffected(
  { database: { prisma } }: EngineContext,
  { organizationId, operationId, payload, progress }: Delivery,
  packageNumber: number | null,
  limit: number,
): Promise<Affected[]> {
  const audience = (payload as { audience?: string }).audience;
  if (operationId === null) return [];
  if (audience !== 'members' || packageNumber === null)
    return selectAffectedPeople(prisma, organizationId, operationId, progress, limit);
  return selectMembersToTell(prisma, organizationId, packageNumber, progress, limit);
}
