import fc from 'fast-check';
import { expect, it } from 'vitest';
import { POLICY_OPERATIONS } from '../../../src/engine/core/approvalPolicy.ts';
import { META_PERMISSIONS } from '../../../src/engine/core/metaPermissions.ts';
import { validView } from '../../../src/sandbox/blocks/validate.ts';
import { awayView, delegateView } from '../../../src/slack/away/awayView.ts';
import { endView } from '../../../src/slack/ends/endView.ts';
import { type ModalContent, modal } from '../../../src/slack/kit/blocks.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { packagePolicyView } from '../../../src/slack/policies/packagePolicyView.ts';
import { policiesView } from '../../../src/slack/policies/policiesView.ts';
import { policyFormView } from '../../../src/slack/policies/policyFormView.ts';
import { policyReviewView } from '../../../src/slack/policies/policyReviewView.ts';

/** What people write: nothing, much, and signs that mean something to Slack. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '\n', '<!channel>', '😀'.repeat(80), '&'.repeat(5000)),
);
const texts = fc.constantFrom(textsOf('en'), textsOf('es'));
const id = fc.integer({ min: 1, max: 2_000_000_000 });
const pack = fc.record({ number: id, name: text });
const note = fc.option(text, { nil: undefined });
const moment = fc.constantFrom(new Date('2026-05-01T00:00:00Z'), new Date('2026-12-12T23:00:00Z'));
const person = fc.record({
  ...{ userId: id, code: fc.string({ minLength: 1, maxLength: 30 }), name: text, email: text, founder: fc.boolean() },
  ...{ slackUserId: fc.constantFrom(null, 'U0SOMEBODY'), leftAt: fc.option(moment) },
});
const crowd = fc.uniqueArray(person, { selector: ({ userId }) => userId, maxLength: 50 });

/** A policy of one or two stages that names every one of a crowd. */
const named = fc
  .record({
    ...{ crowd, two: fc.boolean(), group: fc.constantFrom(null, 'S0GROUP'), holders: fc.boolean() },
    operations: fc.subarray([...POLICY_OPERATIONS]),
    ...{ quorum: fc.integer({ min: 1, max: 10 }), livesHours: fc.integer({ min: 1, max: 2160 }) },
    ...{ remindAfterHours: fc.option(fc.integer({ min: 1, max: 2160 })), channel: fc.constantFrom(null, 'C0GENERAL') },
    ...{ direct: fc.boolean(), tellPeople: fc.boolean() },
  })
  .map(({ crowd: everybody, two, group, holders, quorum, ...terms }) => {
    const approvers = { userIds: everybody.map(({ userId }) => userId), slackUserGroupId: group, holders };
    const stage = { approvers, quorum };
    const people = new Map(everybody.map((each) => [each.userId, each]));
    return { policy: { ...terms, stages: two ? [stage, stage] : [stage] }, people };
  });

function expectModal(content: ModalContent): void {
  const view = modal(content, { callbackId: 'screen', metadata: '{}' });
  expect(() => validView(JSON.parse(JSON.stringify(view)), 'modal')).not.toThrow();
}

function always<Args extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Args]: fc.Arbitrary<Args[Index]> },
  check: (...args: Args) => void,
) {
  fc.assert(fc.property(...arbitraries, check), { numRuns: 40, endOnFailure: true });
}

it('the screens of policies fit Slack, whatever they say', () => {
  const own = fc.record({ policy: named.map(({ policy }) => policy), number: id, name: text });
  const list = fc.record({
    ...{ organization: fc.option(named), packages: fc.array(own, { maxLength: 20 }), total: fc.nat(90) },
    ...{ page: fc.nat(4), note },
  });
  always([texts, list], (t, data) => expectModal(policiesView(t, data)));
  const one = fc.record({ package: pack, own: fc.boolean(), governing: fc.option(named), note });
  always([texts, one], (t, data) => expectModal(packagePolicyView(t, data)));
  const form = fc.record({
    ...{ named, package: fc.option(pack), revision: fc.nat(99) },
    userGroups: text.map((name) => new Map([['S0GROUP', name]])),
  });
  always([texts, form], (t, data) => expectModal(policyFormView(t, data)));
  const approver = person.map(({ userId, code, name }) => ({ userId, code, name, slackUserId: 'U0SOMEBODY' }));
  const preview = fc.record({
    ...{ named, approvers: fc.array(fc.array(approver, { maxLength: 60 }), { maxLength: 2 }) },
    shortage: fc.option(fc.record({ stage: fc.option(fc.constantFrom(1, 2)), needed: id, available: fc.nat(9) })),
  });
  always([texts, preview, fc.option(pack)], (t, data, of) =>
    expectModal(policyReviewView(t, { preview: data, package: of })),
  );
});

it('the screens of delegations and of ends fit Slack, whatever they say', () => {
  const actor = fc.record({
    ...{ organizationId: fc.constant(1), userId: fc.constant(1), code: text, name: text, founder: fc.boolean() },
    metaPermissions: fc.constant(new Set(META_PERMISSIONS)),
  });
  const delegation = fc.record({
    ...{ id, fromUserId: id, fromCode: text, fromName: text, toUserId: id, toCode: text, toName: text },
    ...{ startsAt: moment, endsAt: moment, reason: text },
  });
  const listed = (max: number) =>
    fc.record({ delegations: fc.array(delegation, { maxLength: max }), total: fc.nat(90) });
  const away = fc.record({
    delegations: fc.record({
      ...{ mine: fc.array(delegation, { maxLength: 10 }), held: listed(10), everybody: fc.option(listed(20)) },
    }),
    ...{ page: fc.nat(4), now: moment, note },
  });
  always([texts, actor, away], (t, who, data) => expectModal(awayView(t, who, data)));
  always([texts], (t) => expectModal(delegateView(t, { today: '2026-05-03', longest: 90, timeZone: 'Europe/Madrid' })));
  const end = fc.record({
    member: fc.record({
      package: fc.record({ number: id, name: text, description: text, state: fc.constant('active' as const) }),
      ...{ person, endsAt: fc.option(moment) },
    }),
    ...{ day: fc.constantFrom(null, '2026-12-12'), asks: fc.constantFrom(null, 'own' as const, 'approval' as const) },
    moved: fc.boolean(),
  });
  always([texts, end], (t, data) => expectModal(endView(t, data)));
});
