import { describe, expect, it } from 'vitest';
import type { ApprovalStage } from '../../../src/engine/core/approvalPolicy.ts';
import {
  afterEvent,
  REQUEST_STATES,
  type RequestEvent,
  type RequestStanding,
  type RequestState,
} from '../../../src/engine/core/requestState.ts';

const stage = (quorum: number): ApprovalStage => ({
  ...{ approvers: { userIds: [], slackUserGroupId: null, holders: true }, quorum },
});
const ONE = [stage(1)];

/** Where each event takes a request of one stage with a quorum of one, from each state; nowhere where it is left out. */
const TRANSITIONS: Record<RequestEvent['kind'], Partial<Record<RequestState, RequestState>>> = {
  approve: { pending: 'approved' },
  reject: { pending: 'rejected' },
  cancel: { pending: 'cancelled', failed: 'cancelled' },
  expire: { pending: 'expired' },
  move: { pending: 'pending', approved: 'pending' },
  outdate: { pending: 'stale' },
  apply: { approved: 'applied' },
  fail: { approved: 'failed' },
  retry: { failed: 'approved' },
};

const eventOf = (kind: RequestEvent['kind']): RequestEvent => (kind === 'approve' ? { kind, approvals: 1 } : { kind });

const PAIRS = REQUEST_STATES.flatMap((state) =>
  (Object.keys(TRANSITIONS) as RequestEvent['kind'][]).map((kind) => ({
    ...{ state, kind, next: TRANSITIONS[kind][state] ?? 'nowhere' },
  })),
);

const standingAfter = (event: RequestEvent, standing: Partial<RequestStanding> = {}, stages = ONE) =>
  afterEvent({ state: 'pending', stage: 1, revision: 3, ...standing }, stages, event);

describe('a request', () => {
  it.each(PAIRS)('that is $state goes to $next by: $kind', ({ state, kind, next }) => {
    expect(standingAfter(eventOf(kind), { state })?.state ?? 'nowhere').toBe(next);
  });

  it('keeps its stage and its revision wherever its plan stays', () => {
    for (const { state, kind, next } of PAIRS) {
      if (next === 'nowhere' || kind === 'move') continue;
      expect(standingAfter(eventOf(kind), { state, stage: 2 }, [stage(1), stage(1)])).toEqual({
        ...{ state: next, stage: 2, revision: 3 },
      });
    }
  });

  it('waits until a stage has its quorum, then for the next stage, and is approved by the last', () => {
    const stages = [stage(2), stage(1)];
    expect(standingAfter({ kind: 'approve', approvals: 1 }, {}, stages)).toEqual({
      state: 'pending',
      stage: 1,
      revision: 3,
    });
    expect(standingAfter({ kind: 'approve', approvals: 2 }, {}, stages)).toEqual({
      state: 'pending',
      stage: 2,
      revision: 3,
    });
    expect(standingAfter({ kind: 'approve', approvals: 1 }, { stage: 2 }, stages)).toMatchObject({ state: 'approved' });
  });

  it('begins again with its first stage where its plan moved', () => {
    for (const state of ['pending', 'approved'] as const) {
      expect(standingAfter({ kind: 'move' }, { state, stage: 2 }, [stage(1), stage(1)])).toEqual({
        ...{ state: 'pending', stage: 1, revision: 4 },
      });
    }
  });
});
