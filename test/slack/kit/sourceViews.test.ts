import fc from 'fast-check';
import { expect, it } from 'vitest';
import { META_PERMISSIONS } from '../../../src/engine/core/metaPermissions.ts';
import { SOURCE_CHANGES, type SourceChange } from '../../../src/engine/core/sourceChange.ts';
import { validView } from '../../../src/sandbox/blocks/validate.ts';
import { changeLines } from '../../../src/slack/accessPreview/changeWording.ts';
import { previewView } from '../../../src/slack/accessPreview/previewView.ts';
import * as blocks from '../../../src/slack/kit/blocks.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { profilesView } from '../../../src/slack/profiles/profilesView.ts';
import { profileView } from '../../../src/slack/profiles/profileView.ts';
import { groupView } from '../../../src/slack/rules/groupView.ts';
import { rulesView } from '../../../src/slack/rules/rulesView.ts';

/** What people write: nothing, much, signs that mean something to Slack, emoji, control characters, half letters. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '\n', '<!channel>', '&'.repeat(300), '😀'.repeat(80), '*_~`', '\ud800', 'long <&> '.repeat(400)),
);
const short = fc.string({ minLength: 1, maxLength: 30 });
const texts = fc.constantFrom(textsOf('en'), textsOf('es'));
const id = fc.integer({ min: 1, max: 2_000_000_000 });
const count = fc.integer({ min: 0, max: 20_000 });
const note = fc.option(text, { nil: undefined });
const actor = fc.record({
  ...{ organizationId: id, userId: id, code: text, name: text, founder: fc.boolean() },
  metaPermissions: fc.subarray([...META_PERMISSIONS]).map((held) => new Set(held)),
});
const held = fc.record({ value: text, param: fc.constantFrom('', '*', 'A,B', Array(40).fill('CODE').join(',')) });
const named = fc.record({ applicationName: text, name: text, main: fc.boolean() });
const catalog = fc.record({
  ...{
    id,
    applicationId: id,
    applicationName: text,
    key: short,
    name: text,
    main: fc.boolean(),
    retired: fc.boolean(),
  },
  ...{
    levels: fc.array(short, { minLength: 1, maxLength: 4 }),
    scope: fc.constantFrom('none' as const, 'structures' as const),
  },
});
const member = fc.record({ userId: id, code: text, name: text, founder: fc.boolean() });
const members = fc.record({ members: fc.array(member, { maxLength: 20 }), total: count });
const profile = fc.record({ id, name: text, applicationId: id, applicationName: text });

function expectModal(content: blocks.ModalContent): void {
  const view = blocks.modal(content, { callbackId: 'test', metadata: '' });
  expect(() => validView(JSON.parse(JSON.stringify(view)), 'modal')).not.toThrow();
}

function always<Args extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Args]: fc.Arbitrary<Args[Index]> },
  check: (...args: Args) => void,
) {
  fc.assert(fc.property(...arbitraries, check), { numRuns: 40, endOnFailure: true });
}

it('profiles, rules and groups are drawn within Slack’s limits, whatever they are called', () => {
  const summary = fc
    .tuple(profile, count, count)
    .map(([one, permissions, people]) => ({ ...one, permissions, people }));
  const list = fc.record({
    ...{ profiles: fc.array(summary, { maxLength: 20 }), total: count, text: short, page: fc.nat(3), note },
    application: fc.option(fc.record({ id, key: short, name: text, retired: fc.boolean() })),
  });
  always([texts, actor, list], (t, who, screen) => expectModal(profilesView(t, who, screen)));
  const given = fc.uniqueArray(
    fc.tuple(catalog, held).map(([one, value]) => ({ ...one, ...value })),
    { selector: (one) => one.id, maxLength: 60 },
  );
  const shown = fc.record({ profile, permissions: given, people: count, lacksMain: fc.option(text) });
  const screen = fc.record({
    ...{
      shown,
      tab: fc.constantFrom('permissions' as const, 'people' as const),
      text: short,
      page: fc.nat(2),
      note,
      members,
    },
  });
  always([texts, actor, screen], (t, who, one) => expectModal(profileView(t, who, one)));

  const audience = fc.record({
    kind: fc.constantFrom('group' as const, 'structure' as const),
    id,
    code: text,
    name: text,
  });
  const rule = fc
    .tuple(fc.record({ id, name: text, audience, permission: catalog }), held)
    .map(([one, value]) => ({ ...one, ...value }));
  const group = fc.record({ id, code: text, name: text, slackUserGroupId: fc.option(short) });
  const groupRow = fc.tuple(group, count).map(([one, n]) => ({ ...one, members: n, rules: n }));
  const distinct = { selector: (one: { id: number }) => one.id, maxLength: 20 };
  const either = fc.oneof(
    fc.uniqueArray(rule, distinct).map((rules) => ({ tab: 'rules' as const, rules })),
    fc.uniqueArray(groupRow, distinct).map((groups) => ({ tab: 'groups' as const, groups })),
  );
  const both = fc.record({ list: either, total: count, text: short, page: fc.nat(3), note });
  always([texts, actor, both], (t, who, one) => expectModal(rulesView(t, who, one)));
  const one = fc.record({
    group,
    rules: fc.array(text, { maxLength: 200 }),
    members,
    text: short,
    page: fc.nat(3),
    note,
  });
  always([texts, actor, one], (t, who, data) => expectModal(groupView(t, who, data)));
});

const about = fc.record({
  ...{ name: text, renamed: fc.option(text), application: fc.option(text) },
  permission: fc.option(
    fc.tuple(named, fc.option(held), fc.option(held)).map(([one, before, after]) => ({ ...one, before, after })),
  ),
  audience: fc.option(
    fc.record({ kind: fc.constantFrom('group' as const, 'structure' as const), code: text, name: text }),
  ),
  ...{ joining: count, leaving: count, already: count, unmatched: count, userGroup: fc.option(text) },
});
const change = fc
  .constantFrom(...Object.keys(SOURCE_CHANGES))
  // The wording looks at nothing but the kind
  .map((kind) => ({ kind }) as SourceChange);

it('every change is told, and its effect drawn within Slack’s limits', () => {
  const difference = fc.record({
    ...{ gain: count, up: count, down: count, scope: count, loss: count, people: count, concerned: count },
    ...{ own: count, denied: count, same: count, lacksMain: count, hash: short },
  });
  const kinds = fc.constantFrom('gain' as const, 'up' as const, 'down' as const, 'scope' as const, 'loss' as const);
  const cell = fc
    .tuple(named, kinds, fc.option(held), fc.option(held))
    .map(([one, kind, before, after]) => ({ ...one, change: kind, before, after }));
  const person = fc.record({
    userId: id,
    code: text,
    name: text,
    cells: fc.array(cell, { minLength: 1, maxLength: 20 }),
  });
  const preview = fc.record({ about, difference, people: fc.array(person, { maxLength: 10 }), planHash: short });
  const screen = fc.record({ change, preview, page: fc.nat(3), moved: fc.boolean(), editable: fc.boolean() });
  always([texts, screen], (t, one) => expectModal(previewView(t, one)));
});

it('says in each language what each change does, and in both the same number of things', () => {
  const whole = {
    ...{ name: 'N', renamed: null, application: 'A', joining: 2, leaving: 1, already: 3, unmatched: 1, userGroup: 'U' },
    audience: { kind: 'group' as const, code: 'c', name: 'G' },
    permission: {
      ...{ applicationName: 'A', name: 'P', main: true },
      ...{ before: { value: 'view', param: '' }, after: { value: 'edit', param: '*' } },
    },
  };
  for (const kind of Object.keys(SOURCE_CHANGES)) {
    const [en, es] = [textsOf('en'), textsOf('es')].map((t) => changeLines(t, { kind } as SourceChange, whole));
    expect(en?.length, kind).toBeGreaterThan(0);
    expect(es).toHaveLength(en?.length ?? 0);
    expect(es).not.toEqual(en);
  }
});
