import type { ApprovalStage } from './approvalPolicy.ts';

export const REQUEST_STATES = [
  'pending',
  'approved',
  'applied',
  'rejected',
  'cancelled',
  'expired',
  'stale',
  'failed',
] as const;

export type RequestState = (typeof REQUEST_STATES)[number];

/** Where a request stands. */
export interface RequestStanding {
  state: RequestState;
  /** The stage that is being decided, from 1. */
  stage: number;
  /** Each new plan is another revision; decisions are about one. */
  revision: number;
}

/** What happens to a request. */
export type RequestEvent =
  /** `approvals`: of this revision and stage, the new one included. */
  | { kind: 'approve'; approvals: number }
  | { kind: 'reject' }
  | { kind: 'cancel' }
  | { kind: 'expire' }
  /** The plan is another than the one shown: it is asked anew. */
  | { kind: 'move' }
  /** What was asked for is no longer possible. */
  | { kind: 'outdate' }
  | { kind: 'apply' }
  | { kind: 'fail' }
  | { kind: 'retry' };

/**
 * The state machine of a request (DOMAIN 6): pending → approved → applied | rejected | cancelled | expired | stale |
 * failed.
 * @returns where it stands afterwards; null where the event cannot happen to it.
 */
export function afterEvent(
  standing: RequestStanding,
  stages: readonly ApprovalStage[],
  event: RequestEvent,
): RequestStanding | null {
  const { state, stage, revision } = standing;
  const isPending = state === 'pending';
  const to = (next: RequestState): RequestStanding => ({ ...standing, state: next });
  switch (event.kind) {
    case 'approve':
      if (!isPending) return null;
      if (event.approvals < (stages[stage - 1]?.quorum ?? 1)) return standing;
      return stage < stages.length ? { ...standing, stage: stage + 1 } : to('approved');
    case 'reject':
      return isPending ? to('rejected') : null;
    case 'cancel':
      return isPending || state === 'failed' ? to('cancelled') : null;
    case 'expire':
      return isPending ? to('expired') : null;
    case 'move':
      return isPending || state === 'approved' ? { state: 'pending', stage: 1, revision: revision + 1 } : null;
    case 'outdate':
      return isPending ? to('stale') : null;
    case 'apply':
      return state === 'approved' ? to('applied') : null;
    case 'fail':
      return state === 'approved' ? to('failed') : null;
    case 'retry':
      return state === 'failed' ? to('approved') : null;
    default:
      return event satisfies never;
  }
}
