import fc from 'fast-check';
import { expect, it } from 'vitest';
import { USE_KINDS } from '../../src/engine/core/catalogUses.ts';
import { validView } from '../../src/sandbox/blocks/validate.ts';
import { applicationView } from '../../src/slack/catalog/applicationView.ts';
import { catalogView } from '../../src/slack/catalog/catalogView.ts';
import type { CatalogDraft } from '../../src/slack/catalog/formDraft.ts';
import { type FormFacts, formView } from '../../src/slack/catalog/formView.ts';
import { retireView } from '../../src/slack/catalog/retireView.ts';
import { usesView } from '../../src/slack/catalog/usesView.ts';
import { type ModalContent, modal } from '../../src/slack/kit/blocks.ts';
import { textsOf } from '../../src/slack/kit/texts/index.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '\n', '<!channel>', '&', '😀'.repeat(80), '&'.repeat(300), '*_~`', 'long <&> '.repeat(600)),
);
const short = fc.string({ minLength: 1, maxLength: 30 });
const texts = fc.constantFrom(textsOf('en'), textsOf('es'));
const id = fc.integer({ min: 1, max: 2_000_000_000 });
const n = fc.nat(2_000_000_000);
const actor = fc.boolean().map((founder) => ({
  ...{ organizationId: 1, userId: 1, code: 'A', name: 'A', founder, metaPermissions: new Set<never>() },
}));
const scope = fc.constantFrom('none' as const, 'structures' as const);
const terms = { main: fc.boolean(), levels: fc.array(text, { minLength: 1, maxLength: 120 }), scope };
const permission = fc.record({
  ...{ id, applicationId: id, applicationName: text, key: short, name: text, retired: fc.boolean(), ...terms },
  ...{ live: n, removed: n, profiles: n, rules: n, people: n },
});
const use = fc.record({ kind: fc.constantFrom(...USE_KINDS), id, name: text });
const uses = fc.record({
  counts: fc.dictionary(fc.constantFrom(...USE_KINDS), n),
  named: fc.array(use, { maxLength: 80 }),
});
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { maxLength: 20, selector: (each) => JSON.stringify(each) });
const byId = <T extends { id: number }>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { maxLength: 25, selector: ({ id: own }) => own });
const application = fc.record({ id, key: short, name: text, retired: fc.boolean() });

function always<Args extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Args]: fc.Arbitrary<Args[Index]> },
  draw: (...args: Args) => ModalContent,
) {
  const property = fc.property(...arbitraries, (...args) => {
    const view = modal(draw(...args), { callbackId: 'screen', metadata: '{}' });
    expect(() => validView(JSON.parse(JSON.stringify(view)), 'modal')).not.toThrow();
  });
  fc.assert(property, { numRuns: 40, endOnFailure: true });
}

const state = (tab: 'applications' | 'structures' | 'check') =>
  fc.record({
    ...{ tab: fc.constant(tab), text: text.map((each) => each.slice(0, 200)), page: fc.nat(9) },
    ...{ application: fc.constant(null), note: fc.option(text, { nil: undefined }) },
  });

it('draws lists that Slack takes, whatever the catalogue holds', () => {
  const listed = fc.record({
    ...{ id, key: short, name: text, retired: fc.boolean() },
    ...{ mainName: fc.option(text), offered: n, withdrawn: n },
  });
  always([texts, actor, byId(listed), n, state('applications')], (t, who, applications, total, at) =>
    catalogView(t, who, { tab: 'applications', applications, total }, at),
  );
  const structure = fc.record({
    ...{ id, code: short, name: text, retired: fc.boolean(), parentId: fc.option(id), depth: fc.nat(300), people: n },
  });
  always([texts, actor, byId(structure), n, state('structures')], (t, who, structures, total, at) =>
    catalogView(t, who, { tab: 'structures', structures, total }, at),
  );
  const finding = fc.record({
    ...{ kind: fc.constantFrom('package' as const, 'profile' as const, 'people' as const), applicationName: text },
    ...{
      mainName: text,
      ref: fc.option(id),
      name: fc.option(text),
      people: n,
      names: fc.array(text, { maxLength: 10 }),
    },
  });
  always([texts, actor, many(finding), n, state('check')], (t, who, findings, total, at) =>
    catalogView(t, who, { tab: 'check', findings, total }, at),
  );
});

it('draws applications and uses that Slack takes, whatever they are', () => {
  const view = fc.record({ application, permissions: byId(permission), simple: fc.boolean() });
  const at = fc.record({ page: fc.nat(9), note: fc.option(text, { nil: undefined }) });
  always([texts, actor, view, at], (t, who, data, where) => applicationView(t, who, data, where));
  const found = fc.record({
    ...{ number: id, name: text, state: fc.constantFrom('active' as const, 'disabled' as const) },
    ...{ live: fc.boolean(), value: text, param: text },
  });
  always([texts, fc.record({ permission, packages: many(found), uses })], (t, data) => usesView(t, data, { page: 0 }));
});

it('draws forms and confirmations that Slack takes, whatever was typed', () => {
  const parent = fc.option(fc.record({ id, code: short, name: text }));
  const form = fc.record({
    ...{ application, permission: fc.option(permission), main: fc.option(fc.record({ id, name: text })), given: n },
    shown: short,
  });
  const filled = { shown: short, name: text };
  const typed = { ...filled, levels: text, scope, main: fc.boolean() };
  const placed = { name: text, parentId: fc.option(id) };
  const kindOf = <K extends string>(kind: K) => fc.constant(kind);
  const screens: fc.Arbitrary<{ draft: CatalogDraft; facts: FormFacts }> = fc.oneof(
    fc.record({
      draft: fc.record({ kind: kindOf('new_application'), key: short, name: text, entryKey: short, entryName: text }),
      facts: fc.record({ kind: kindOf('application'), key: fc.constant(null) }),
    }),
    fc.record({
      draft: fc.record({ kind: kindOf('application'), id, ...filled }),
      facts: fc.record({ kind: kindOf('application'), key: short }),
    }),
    fc.record({
      draft: fc.oneof(
        fc.record({ kind: kindOf('new_permission'), applicationId: id, key: short, ...typed }),
        fc.record({ kind: kindOf('permission'), id, ...typed }),
      ),
      facts: fc.record({ kind: kindOf('permission'), form }),
    }),
    fc.record({
      draft: fc.oneof(
        fc.record({ kind: kindOf('new_structure'), key: short, ...placed }),
        fc.record({ kind: kindOf('structure'), id, shown: short, ...placed }),
      ),
      facts: fc.record({ kind: kindOf('structure'), code: fc.option(short), parent }),
    }),
  );
  const field = fc.constantFrom('levels' as const, 'scope' as const);
  const refusal = fc.option(fc.record({ field, what: text, uses }));
  always([texts, actor, screens, refusal, fc.nat(99)], (t, who, screen, refused, revision) =>
    formView(t, who, { ...screen, refusal: refused, revision }),
  );
  const entry = fc.record({
    ...{ kind: fc.constantFrom('application' as const, 'permission' as const, 'structure' as const), id, name: text },
    ...{ retired: fc.boolean(), subject: fc.constant({}), above: fc.constant(null), main: fc.boolean() },
    applicationId: fc.option(id),
  });
  const preview = fc.record({ entry, uses, blocked: fc.boolean() });
  always([texts, actor, preview], (t, who, data) => retireView(t, who, data));
});

it('has titles, buttons and choices that fit, in both languages', () => {
  for (const { catalog: words } of [textsOf('en'), textsOf('es')]) {
    const { form, retireForm } = words;
    const titles = [
      ...[words.title, words.usesTitle, form.create, words.retire, words.restore, ...Object.values(form.titles)],
      ...Object.values(retireForm.titles).flatMap((each) => Object.values(each)),
    ];
    expect(titles.filter((each) => each.length > 24)).toEqual([]);
    const buttons = [
      ...[words.open, words.back, words.edit, form.mainOption, form.top],
      ...[words.tabs, words.new, words.menu, form.scopes].flatMap((each) => Object.values<string>(each)),
    ];
    expect(buttons.filter((each) => each.length > 75)).toEqual([]);
  }
});
