import fc from 'fast-check';
import { expect } from 'vitest';
import { META_PERMISSIONS } from '../../../src/engine/core/metaPermissions.ts';
import { classifyStatus } from '../../../src/engine/core/status.ts';
import { validView } from '../../../src/sandbox/blocks/validate.ts';
import * as blocks from '../../../src/slack/kit/blocks.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { everyCombinationOfFacts } from '../../support/statusFacts.ts';

const LONG = 'long <&> '.repeat(600);

/** What people write: nothing, much, signs that mean something to Slack, emoji, control characters, half letters. */
export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '\n', '\u0000', '<!channel>', '&', '😀'.repeat(80), '&'.repeat(300), '*_~`', '\ud800'),
  fc.constantFrom(76, 151, 301, 2001, 3001, 5000).map((length) => LONG.slice(0, length)),
);
export const short = fc.string({ minLength: 1, maxLength: 30 });
export const texts = fc.constantFrom(textsOf('en'), textsOf('es'));
export const actor = fc.record({
  ...{ organizationId: fc.constant(1), userId: fc.constant(1), code: text, name: text, founder: fc.boolean() },
  metaPermissions: fc.subarray([...META_PERMISSIONS]).map((held) => new Set(held)),
});
export const id = fc.integer({ min: 1, max: 2_000_000_000 });
export const many = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(fc.array(one, { maxLength: 4 }), fc.array(one, { minLength: 90, maxLength: 130 }));
export const unique = <T>(one: fc.Arbitrary<T>, key: (value: T) => unknown) =>
  fc.uniqueArray(one, { selector: key, maxLength: 20 });
export const state = fc.constantFrom('active' as const, 'disabled' as const);
export const pack = fc.record({ number: id, name: text, description: text, state });
export const param = fc.oneof(
  fc.constantFrom('', '*'),
  fc.array(short, { maxLength: 30 }).map((codes) => codes.join(',')),
);
export const permission = fc.record({
  ...{ permissionId: id, applicationId: id, applicationKey: short, applicationName: text, key: short, name: text },
  ...{ main: fc.boolean(), levels: fc.array(short, { minLength: 1, maxLength: 120 }), value: text, param },
  ...{ scope: fc.constantFrom('none' as const, 'structures' as const), live: fc.boolean() },
});
export const structure = fc.record({ id, code: short, name: text, retired: fc.boolean() });
export const lacking = fc.record({ applicationName: text, mainName: text });
export const person = fc.record({
  ...{ userId: id, code: short, name: text, email: text, slackUserId: fc.constant(null), founder: fc.boolean() },
});
/** When something ends by itself. */
export const end = fc.constantFrom(null, new Date('2026-12-12T23:00:00Z'));
export const membership = fc.record({
  endsAt: end,
  ...{ number: id, name: text, description: text, packageState: state },
  state: fc.constantFrom('active' as const, 'former' as const),
});
export const everyFacts = [...everyCombinationOfFacts()];
export const facts = fc.constantFrom(...everyFacts);
export const cell = fc.record({ permission, facts }).map((each) => ({
  ...each,
  status: classifyStatus(each.facts),
  changed: { at: new Date(0), by: each.permission.name, bySlackId: null },
}));
export const counted = facts.map((each) => ({
  ...classifyStatus(each),
  assignment: each.assignment,
  cells: 1_000_000,
}));
export const packageDetails = fc.record({
  ...{ package: pack, structures: many(structure), permissions: many(permission), lackingMain: many(lacking) },
  members: fc.record({ active: id, former: id }),
});
export const memberships = many(membership);
export const numbers = fc.record({ active: id, disabled: id, members: id });

/** Draws `content` as a modal that Slack must take. */
export function expectModal(content: blocks.ModalContent) {
  const view = blocks.modal(content, { callbackId: 'screen', metadata: '{}' });
  expect(() => validView(JSON.parse(JSON.stringify(view)), 'modal')).not.toThrow();
}

/** Runs a property often enough to meet every shape, and seldom enough to stay fast. */
export function always<Args extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Args]: fc.Arbitrary<Args[Index]> },
  check: (...args: Args) => void,
) {
  fc.assert(fc.property(...arbitraries, check), { numRuns: 40, endOnFailure: true });
}
