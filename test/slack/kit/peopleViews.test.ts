import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveAccess } from '../../../src/engine/core/effectiveAccess.ts';
import { offeredChanges, switchedChange } from '../../../src/engine/core/manualGrant.ts';
import { classifyStatus } from '../../../src/engine/core/status.ts';
import { STATUS_KINDS } from '../../../src/engine/core/statusTable.ts';
import { assignView } from '../../../src/slack/assign/assignView.ts';
import { preflightView } from '../../../src/slack/assign/preflightView.ts';
import * as blocks from '../../../src/slack/kit/blocks.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { applicationView } from '../../../src/slack/manage/applicationView.ts';
import { confirmView } from '../../../src/slack/manage/confirmView.ts';
import { grantView } from '../../../src/slack/manage/grantView.ts';
import { manageView } from '../../../src/slack/manage/manageView.ts';
import { meView } from '../../../src/slack/me/meView.ts';
import { startSync } from '../../../src/slack/sync/syncDraft.ts';
import { syncReviewView } from '../../../src/slack/sync/syncReviewView.ts';
import { syncView } from '../../../src/slack/sync/syncView.ts';
import { chooseView } from '../../../src/slack/unassign/chooseView.ts';
import { removeView } from '../../../src/slack/unassign/removeView.ts';
import { detailsView } from '../../../src/slack/userDetails/detailsView.ts';
import {
  actor,
  always,
  cell,
  end,
  everyFacts,
  expectModal,
  facts,
  id,
  lacking,
  many,
  pack,
  param,
  permission,
  person,
  short,
  structure,
  text,
  texts,
  unique,
} from './arbitraries.ts';

describe('whatever people have, Slack takes', () => {
  it('the choice of people, and the preflight with its conflicts', () => {
    const entry = fc.record({ id, code: short, name: text, retired: fc.boolean() });
    const form = fc.record({
      ...{ pack: fc.option(pack), wanted: fc.option(pack), drawing: fc.constantFrom('', '0a1b2c3d') },
      note: fc.option(text, { nil: undefined }),
      until: fc.constantFrom(undefined, '2026-12-12'),
      shown: fc.record({ people: many(person), structures: many(entry), groups: many(entry), codes: text }),
    });
    always([texts, form], (t, data) => expectModal(assignView(t, data)));
    always([texts, pack, form], (t, chosen, data) => expectModal(chooseView(t, { ...data, pack: chosen })));
    const conflict = fc.record({
      ...{ permission, facts, userId: id, userCode: short, userName: text, permissionId: id, code: fc.nat(60) },
      ...{ heldValue: fc.option(text), heldParam: fc.option(param), packageNumber: fc.option(id) },
      ...{ profileName: fc.option(text), profileValue: fc.option(text), profileParam: fc.option(param) },
      ...{ ruleName: fc.option(text), ruleValue: fc.option(text), ruleParam: fc.option(param) },
    });
    const count = fc.nat(1_000_000);
    const screen = fc.record({
      preflight: fc.record({
        package: pack,
        counts: fc.record({
          ...{ people: count, joining: count, returning: count, founders: count, already: count, written: count },
          ...{ conflicts: count, hash: short },
        }),
        conflicts: unique(
          conflict.map(({ facts: each, ...rest }) => ({ ...classifyStatus(each), ...rest })),
          ({ userId, permissionId }) => `${userId}:${permissionId}`,
        ),
      }),
      draft: fc.record({
        ...{ number: id, userIds: fc.constant<number[]>([1]), keepPackage: fc.boolean(), planHash: short },
        leftOut: fc.nat(9),
        until: fc.constantFrom(null, '2026-12-12'),
        exceptions: fc.array(fc.tuple(id, id)),
      }),
      ...{ page: fc.nat(50), revision: fc.nat(999), moved: fc.boolean() },
    });
    always([texts, screen], (t, data) => expectModal(preflightView(t, data)));
  });

  it('the details of a person, with every status there is', () => {
    const details = fc.record({
      ...{ package: pack, person, assignment: fc.constantFrom('active' as const, 'former' as const, 'none' as const) },
      ...{ endsAt: end, permissions: many(cell), unusable: many(lacking) },
    });
    always([texts, actor, details, text, fc.nat(9)], (t, who, data, note, page) =>
      expectModal(detailsView(t, who, data, { note, page })),
    );
  });

  it('the removal of an assignment', () => {
    const noted = { permission, userCode: short, userName: text, permissionId: id, total: id };
    const staying = fc.record({ ...noted, value: text, param, packageNumber: fc.option(id) });
    const claimed = fc.record({ ...noted, packageNumber: id, packageName: text });
    const preview = fc.record({
      ...{ package: pack, person: fc.option(person), staying: many(staying), claimed: many(claimed) },
      counts: fc.record({ people: id, losing: id, taken: id, hash: short }),
      options: fc.record({ claimed: fc.nat(9), restorable: fc.nat(9), left: fc.nat(9), hash: short }),
    });
    always([texts, preview, fc.nat(9), fc.boolean()], (t, data, leftOut, moved) =>
      expectModal(removeView(t, data, { leftOut, moved })),
    );
  });

  const subject = { package: pack, permission: fc.option(permission), person: fc.option(person) };
  const syncRow = fc.record({ cell, userId: id, userCode: short, userName: text, chosen: fc.option(fc.boolean()) });
  const rows = unique(syncRow, ({ userId }) => userId).map((drawn) =>
    drawn.map(({ cell: own, ...row }) => ({ ...own, ...row, permissionId: own.permission.permissionId })),
  );

  it('the sync of members, and what it would do', () => {
    const tally = fc.record({ kind: fc.constantFrom(...STATUS_KINDS), cells: id, eligible: id, chosen: id });
    const draft = fc.record({
      ...{ shown: fc.constantFrom(...STATUS_KINDS, 'all' as const, 'changed' as const), search: text },
      control: fc.constantFrom('defaults' as const, 'none' as const, 'filter' as const),
      exceptions: fc.array(fc.record({ userId: id, permissionId: id, chosen: fc.boolean() }), { maxLength: 3 }),
      seenOperationId: fc.nat(1),
    });
    const view = fc.record({ ...subject, rows, total: id, tally: unique(tally, ({ kind }) => kind) });
    const screen = fc.record({ view, draft, page: fc.nat(9), revision: fc.nat(2), note: fc.option(text) });
    always([texts, screen], (t, { draft: drawn, note, ...data }) =>
      expectModal(syncView(t, { ...data, note: note ?? undefined, draft: { ...startSync(), ...drawn } })),
    );
    const plan = fc.record({
      ...{
        people: id,
        losing: id,
        written: fc.nat(1),
        skipped: id,
        owners: id,
        gain: id,
        up: id,
        down: id,
        scope: id,
        same: id,
      },
      hash: short,
    });
    const scope = fc.constant({ number: 1, permissionId: null, userId: null });
    const moved = fc.option(fc.record({ rows, total: id }));
    always([texts, fc.record({ ...subject, plan, scope, moved })], (t, data) => expectModal(syncReviewView(t, data)));
  });

  it('the permissions of a person, by application, in the form, and before saving', () => {
    const terms = fc.record({
      ...{
        id,
        applicationId: id,
        applicationName: text,
        key: short,
        name: text,
        main: fc.boolean(),
        retired: fc.boolean(),
      },
      ...{ levels: fc.uniqueArray(short, { minLength: 1, maxLength: 120 }) },
      scope: fc.constantFrom('none' as const, 'structures' as const),
    });
    const change = fc.record({ at: fc.constant(new Date(0)), by: fc.option(text), bySlackId: fc.constant(null) });
    const grants = fc.record({ name: text, value: text, param });
    const held = fc
      .record({ permission: terms, facts, profile: fc.option(grants), changed: fc.option(change) })
      .map(({ permission: one, facts: each, profile, changed }) => {
        const { founder, row, rule } = each;
        const access = {
          founder,
          row,
          rule,
          profile,
          full: { value: 'x', param: '*' },
          sourceState: each.package.state,
        };
        const described = { effective: effectiveAccess(access), offered: offeredChanges(access, one) };
        return { permission: one, access, changed, ...described, switched: switchedChange(access, one) };
      });
    const application = fc.record({
      ...{ application: fc.record({ id, key: short, name: text, retired: fc.boolean() }), lacksMain: fc.option(text) },
      permissions: unique(held, ({ permission: one }) => one.id),
    });
    const overview = fc.record({
      ...{ person, total: fc.nat(500), unusable: many(lacking) },
      applications: unique(application, ({ application: one }) => one.id),
    });
    const note = fc.option(text, { nil: undefined });
    const from = fc.option(id, { nil: undefined });
    const filter = text.map((each) => each.slice(0, 200));
    const at = fc.record({ userId: id, from, text: filter, page: fc.nat(9), application: fc.constant(null), note });
    always([texts, overview, at], (t, data, where) => expectModal(manageView(t, data, where)));
    always([texts, application, person, fc.nat(9), note], (t, one, who, page, words) =>
      expectModal(applicationView(t, { ...one, person: who }, { page, note: words })),
    );
    const draft = fc.record({
      ...{ userId: id, permissionId: id, value: short, filter: text, page: fc.nat(4) },
      structures: fc.oneof(fc.constant<string[]>(['*']), many(short)),
    });
    const form = fc.record({
      ...{ person, held, draft, revision: fc.nat(99), note },
      structures: fc.record({ structures: unique(structure, ({ code }) => code), total: fc.nat(500) }),
    });
    always([texts, form], (t, data) => expectModal(grantView(t, data)));
    const outlook = fc.tuple(text, facts).map(([name, each]) => {
      const status = classifyStatus(each);
      return { name, before: status, after: status, factsBefore: each, factsAfter: each };
    });
    const effective = fc.option(fc.record({ value: text, param, source: fc.constant('manual') }));
    const row = fc.constantFrom(...everyFacts.flatMap((each) => (each.row ? [each.row] : [])));
    const planned = fc.record({
      ...{ person, permission: terms, mainName: fc.option(text) },
      plan: fc.record({
        ...{ held: fc.constant(null), row, before: effective, after: effective, accessChanges: fc.boolean() },
        blocked: fc.record({ profile: fc.option(grants), rule: fc.option(grants) }),
        ...{ packages: many(outlook), lacksMain: fc.boolean(), hash: short },
      }),
    });
    const kind = fc.constantFrom('set' as const, 'disable' as const, 'enable' as const);
    const confirm = fc.record({ planned, kind, editable: fc.boolean(), moved: fc.boolean() });
    always([texts, confirm], (t, data) => expectModal(confirmView(t, data)));
  });

  it('as much as a person can have, cut where a view would grow too large', () => {
    const grant = { permissionName: '😀'.repeat(1500), main: false, value: 'view', param: '' };
    const access = Array.from({ length: 100 }, (_, index) => ({
      ...{ ...grant, applicationId: index, applicationName: `Application ${index}`, source: 'manual' },
    }));
    const who = {
      organizationId: 1,
      userId: 1,
      code: 'A',
      name: 'A',
      founder: true,
      metaPermissions: new Set<never>(),
    };
    const content = meView(textsOf('en'), who, { memberships: [], access, unusable: [] });
    expectModal(content);
    const view = blocks.modal(content, { callbackId: 'screen', metadata: '{}' });
    expect(view.blocks.length).toBeGreaterThan(20);
    expect(view.blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: '…' }] });
  });
});
