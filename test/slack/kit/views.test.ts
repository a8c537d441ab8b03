import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/core/canonicalJson.ts';
import { effectiveAccess } from '../../../src/engine/core/effectiveAccess.ts';
import { offeredChanges, switchedChange } from '../../../src/engine/core/manualGrant.ts';
import { META_PERMISSIONS } from '../../../src/engine/core/metaPermissions.ts';
import { RECORDED_KINDS } from '../../../src/engine/core/recordedKinds.ts';
import { classifyStatus } from '../../../src/engine/core/status.ts';
import { STATUS_KINDS } from '../../../src/engine/core/statusTable.ts';
import { validMessageBlocks, validView } from '../../../src/sandbox/blocks/validate.ts';
import { assignView } from '../../../src/slack/assign/assignView.ts';
import { preflightView } from '../../../src/slack/assign/preflightView.ts';
import { auditView } from '../../../src/slack/audit/auditView.ts';
import { recordView } from '../../../src/slack/audit/recordView.ts';
import { driftView } from '../../../src/slack/drift/driftView.ts';
import { packageDriftView } from '../../../src/slack/drift/packageDriftView.ts';
import { dashboardView, homeBlocks } from '../../../src/slack/home/dashboardView.ts';
import * as blocks from '../../../src/slack/kit/blocks.ts';
import { errorView } from '../../../src/slack/kit/screens.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';
import { applicationView } from '../../../src/slack/manage/applicationView.ts';
import { confirmView } from '../../../src/slack/manage/confirmView.ts';
import { grantView } from '../../../src/slack/manage/grantView.ts';
import { manageView } from '../../../src/slack/manage/manageView.ts';
import { meView } from '../../../src/slack/me/meView.ts';
import { driftDetails, driftMessage } from '../../../src/slack/notify/driftMessage.ts';
import { addPermissionView } from '../../../src/slack/packages/addPermissionView.ts';
import { clonePackageView } from '../../../src/slack/packages/clonePackageView.ts';
import { editPackageView } from '../../../src/slack/packages/editPackageView.ts';
import { listView } from '../../../src/slack/packages/listView.ts';
import { packageView } from '../../../src/slack/packages/packageView.ts';
import { removePermissionView } from '../../../src/slack/packages/removePermissionView.ts';
import { startSync } from '../../../src/slack/sync/syncDraft.ts';
import { syncReviewView } from '../../../src/slack/sync/syncReviewView.ts';
import { syncView } from '../../../src/slack/sync/syncView.ts';
import { chooseView } from '../../../src/slack/unassign/chooseView.ts';
import { removeView } from '../../../src/slack/unassign/removeView.ts';
import { detailsView } from '../../../src/slack/userDetails/detailsView.ts';
import { everyCombinationOfFacts } from '../../support/statusFacts.ts';

const LONG = 'long <&> '.repeat(600);

/** What people write: nothing, much, signs that mean something to Slack, emoji, control characters, half letters. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '\n', '\u0000', '<!channel>', '&', '😀'.repeat(80), '&'.repeat(300), '*_~`', '\ud800'),
  fc.constantFrom(76, 151, 301, 2001, 3001, 5000).map((length) => LONG.slice(0, length)),
);
const short = fc.string({ minLength: 1, maxLength: 30 });
const texts = fc.constantFrom(textsOf('en'), textsOf('es'));
const actor = fc.record({
  ...{ organizationId: fc.constant(1), userId: fc.constant(1), code: text, name: text, founder: fc.boolean() },
  metaPermissions: fc.subarray([...META_PERMISSIONS]).map((held) => new Set(held)),
});
const id = fc.integer({ min: 1, max: 2_000_000_000 });
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(fc.array(one, { maxLength: 4 }), fc.array(one, { minLength: 90, maxLength: 130 }));
const unique = <T>(one: fc.Arbitrary<T>, key: (value: T) => unknown) =>
  fc.uniqueArray(one, { selector: key, maxLength: 20 });
const state = fc.constantFrom('active' as const, 'disabled' as const);
const pack = fc.record({ number: id, name: text, description: text, state });
const param = fc.oneof(
  fc.constantFrom('', '*'),
  fc.array(short, { maxLength: 30 }).map((codes) => codes.join(',')),
);
const permission = fc.record({
  ...{ permissionId: id, applicationId: id, applicationKey: short, applicationName: text, key: short, name: text },
  ...{ main: fc.boolean(), levels: fc.array(short, { minLength: 1, maxLength: 120 }), value: text, param },
  ...{ scope: fc.constantFrom('none' as const, 'structures' as const), live: fc.boolean() },
});
const structure = fc.record({ id, code: short, name: text, retired: fc.boolean() });
const lacking = fc.record({ applicationName: text, mainName: text });
const person = fc.record({
  ...{ userId: id, code: short, name: text, email: text, slackUserId: fc.constant(null), founder: fc.boolean() },
});
/** When something ends by itself. */
const end = fc.constantFrom(null, new Date('2026-12-12T23:00:00Z'));
const membership = fc.record({
  endsAt: end,
  ...{ number: id, name: text, description: text, packageState: state },
  state: fc.constantFrom('active' as const, 'former' as const),
});
const everyFacts = [...everyCombinationOfFacts()];
const facts = fc.constantFrom(...everyFacts);
const cell = fc.record({ permission, facts }).map((each) => ({
  ...each,
  status: classifyStatus(each.facts),
  changed: { at: new Date(0), by: each.permission.name, bySlackId: null },
}));
const counted = facts.map((each) => ({ ...classifyStatus(each), assignment: each.assignment, cells: 1_000_000 }));
const packageDetails = fc.record({
  ...{ package: pack, structures: many(structure), permissions: many(permission), lackingMain: many(lacking) },
  members: fc.record({ active: id, former: id }),
});
const memberships = many(membership);
const numbers = fc.record({ active: id, disabled: id, members: id });

/** Draws `content` as a modal that Slack must take. */
function expectModal(content: blocks.ModalContent) {
  const view = blocks.modal(content, { callbackId: 'screen', metadata: '{}' });
  expect(() => validView(JSON.parse(JSON.stringify(view)), 'modal')).not.toThrow();
}

/** Runs a property often enough to meet every shape, and seldom enough to stay fast. */
function always<Args extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Args]: fc.Arbitrary<Args[Index]> },
  check: (...args: Args) => void,
) {
  fc.assert(fc.property(...arbitraries, check), { numRuns: 40, endOnFailure: true });
}

describe('whatever an organization holds, Slack takes', () => {
  it('single blocks', () => {
    always([text, fc.array(text, { maxLength: 120 })], (one, list) => {
      const options = list.map((each, index) => blocks.option(each, String(index), each));
      const confirm = { title: one, text: one || '-', confirm: one, deny: one };
      const made = [
        blocks.header(one),
        blocks.section(one, { accessory: blocks.button('a', one, {}, { confirm }) }),
        ...(list.length > 0 ? [blocks.context(...list)] : []),
        ...blocks.actions(
          'x',
          list.slice(0, 40).map((each, index) => blocks.button(`b${index}`, each)),
        ),
        ...(list.length > 0 ? [blocks.section(one, { accessory: blocks.staticSelect('s', options, '0', one) })] : []),
        ...(list.length > 0 ? blocks.actions('c', [blocks.checkboxes('k', options, ['0', '3', '99'])]) : []),
      ];
      const json: unknown = JSON.parse(JSON.stringify(made));
      expect(() => validMessageBlocks(json)).not.toThrow();
      expectModal({
        ...{ title: one, submit: one || 'Go', close: one },
        blocks: [
          blocks.input('i', one, blocks.textInput('t', { initial: one, placeholder: one }), { hint: one }),
          blocks.input('j', one, blocks.multiExternalSelect('m', one, options)),
          ...Array.from({ length: list.length }, () => blocks.divider()),
        ],
      });
    });
  });

  it('the list of packages', () => {
    const summary = fc.record({
      number: id,
      name: text,
      description: text,
      state,
      permissions: id,
      active: id,
      former: id,
    });
    const typed = fc.oneof(short, text).map((each) => each.slice(0, 200));
    always([texts, actor, fc.array(summary, { maxLength: 20 }), typed, fc.nat(5)], (t, who, packages, filter, page) =>
      expectModal(listView(t, who, { packages, total: packages.length * 3, text: filter, page })),
    );
  });

  it('a package, with any tab', () => {
    const member = fc.record({
      userId: id,
      code: short,
      name: text,
      endsAt: end,
      statuses: fc.array(facts.map(classifyStatus)),
    });
    const tab = fc.constantFrom('permissions' as const, 'active' as const, 'former' as const);
    const data = fc.record({
      ...{ details: packageDetails, tab, text: text.map((each) => each.slice(0, 200)), page: fc.nat(3) },
      ...{ note: fc.option(text, { nil: undefined }), counts: many(counted) },
      members: fc.record({ members: unique(member, ({ userId }) => userId), total: fc.nat(60) }),
    });
    always([texts, actor, data], (t, who, screen) => expectModal(packageView(t, who, screen)));
  });

  it('the form of a package', () => {
    always([texts, fc.option(packageDetails)], (t, details) => expectModal(editPackageView(t, details)));
  });

  it('the form that adds a permission', () => {
    const catalogPermission = fc.record({
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
    const draft = fc.record({
      ...{ number: id, applicationId: fc.constant(1), permissionId: fc.constant(1), value: fc.option(short) },
      ...{ structures: fc.oneof(fc.constant<string[]>(['*']), many(short)), filter: text, page: fc.nat(4) },
    });
    const screen = fc.record({
      ...{
        package: pack,
        draft,
        application: fc.option(fc.record({ id, key: short, name: text, retired: fc.boolean() })),
      },
      ...{ permission: fc.option(catalogPermission), revision: fc.nat(99), note: fc.option(text, { nil: undefined }) },
      structures: fc.record({ structures: unique(structure, ({ code }) => code), total: fc.nat(500) }),
    });
    always([texts, screen], (t, data) => expectModal(addPermissionView(t, data)));
  });

  it('the copy of a package, with what is left out', () => {
    const names = many(text);
    const preview = fc.record({
      package: pack,
      permissions: fc.nat(900),
      leftOut: names,
      narrowed: names,
      structures: names,
    });
    always([texts, preview], (t, data) => expectModal(clonePackageView(t, data)));
  });

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

  it('the removal of a permission from a package', () => {
    const holder = fc.record({ userId: id, userCode: short, userName: text, value: text, param, chosen: fc.boolean() });
    const counts = fc.record({ removed: fc.nat(1), elsewhere: fc.nat(1), kept: fc.nat(1), hash: short });
    const holders = unique(holder, ({ userId }) => userId);
    const view = fc.record({ package: pack, permission, holders, total: id, counts });
    const draft = fc.record({ search: text, control: fc.constantFrom('all' as const, 'filter' as const) });
    const rest = { key: '', text: '', exceptions: [], planHash: '' };
    const screen = fc.record({ view, draft, page: fc.nat(9), revision: fc.nat(9), moved: fc.boolean() });
    always([texts, screen], (t, { draft: drawn, ...data }) =>
      expectModal(removePermissionView(t, { ...data, draft: { ...rest, ...drawn } })),
    );
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

  it('the audit trail and its records, whatever they say', () => {
    const words = fc.dictionary(
      fc.oneof(short, fc.constantFrom('name', 'param', 'permission', 'left')),
      fc.jsonValue(),
    );
    const said = fc.oneof(fc.jsonValue(), words) as fc.Arbitrary<Json>;
    const hash = fc.constant('a'.repeat(64));
    const someone = fc.record({ userId: id, code: text, name: text });
    const record = fc.record({
      ...{
        seq: id,
        operationId: id,
        at: fc.constant(new Date(0)),
        actor: fc.option(fc.record({ code: text, name: text })),
      },
      ...{ kind: fc.oneof(fc.constantFrom(...RECORDED_KINDS), short), subject: said, before: said, after: said },
      ...{ planHash: hash, changesHash: hash, operationHash: hash, previousHash: hash, hash },
      ...{
        packageNumber: fc.option(id),
        packageName: fc.option(text),
        people: fc.nat(500),
        person: fc.option(someone),
      },
    });
    const day = fc.option(fc.constantFrom('2026-05-03', '2026-12-31'));
    const list = fc.record({
      ...{
        records: fc.array(record, { maxLength: 20 }),
        total: fc.nat(500),
        note: fc.option(text, { nil: undefined }),
      },
      state: fc.record({
        userId: fc.option(id),
        number: fc.option(id),
        kind: fc.option(short),
        from: day,
        to: day,
        page: fc.nat(9),
      }),
      person: fc.option(
        fc.record({
          userId: id,
          code: text,
          name: text,
          email: text,
          slackUserId: fc.constant(null),
          founder: fc.boolean(),
        }),
      ),
      package: fc.option(fc.record({ number: id, name: text })),
    });
    always([texts, list], (t, data) => expectModal(auditView(t, data)));
    const held = fc.option(
      fc.record({ value: text, param, source: fc.constantFrom('manual', 'package:1', 'rule:<x>') }),
    );
    const line = fc.record({
      ...{ person: fc.record({ code: text, name: text }), before: fc.constant(null), hadBefore: held, hasAfter: held },
      permission: fc.record({ id, application: text, name: text, main: fc.boolean() }),
      decision: fc.constantFrom('written' as const, 'kept' as const),
      note: fc.constantFrom(null, 'changedSince' as const, 'inactive' as const),
    });
    const concerned = fc.record({
      userId: id,
      code: text,
      name: text,
      membership: short,
      lines: fc.array(line, { maxLength: 12 }),
    });
    const shown = fc.record({
      ...{ record, fits: fc.boolean(), concerned: fc.array(concerned, { maxLength: 20 }), page: fc.nat(9) },
      ...{ fromList: fc.boolean(), note: fc.option(text, { nil: undefined }) },
    });
    always([texts, actor, shown], (t, who, data) => expectModal(recordView(t, who, data)));
  });

  it('drift: the list, a package, its message of the day and the thread', () => {
    const listed = fc.record({ number: id, name: text, cells: id, people: id });
    const moment = fc.option(fc.date({ noInvalidDate: true }));
    const found = fc.record({ scannedAt: moment, channel: fc.option(short), packages: many(listed), total: id });
    const list = fc.record({ found, text: short, page: fc.nat(9), note: fc.option(text, { nil: undefined }) });
    always([texts, actor, list], (t, who, data) => expectModal(driftView(t, who, data)));
    const common = fc.record({
      permissionId: fc.nat(20),
      value: fc.option(text),
      param: fc.option(param),
      people: id,
      members: id,
    });
    const day = fc.record({ day: fc.constant('2026-05-03'), cells: fc.nat(), people: fc.nat() });
    const drift = fc.record({
      package: fc.record({ number: id, name: text, description: text, state }),
      permissions: many(permission).map((all) => all.map((each, index) => ({ ...each, permissionId: index }))),
      counts: many(fc.record({ permissionId: fc.nat(20), kind: fc.constantFrom(...STATUS_KINDS), cells: id })),
      ...{ common: fc.array(common, { maxLength: 30 }), trend: fc.array(day, { maxLength: 14 }), scannedAt: moment },
    });
    const channels = fc.record({ organization: fc.option(short), package: fc.option(short) });
    const screen = fc.record({ drift, channels, snoozedUntil: moment, note: fc.option(text, { nil: undefined }) });
    always([texts, actor, screen], (t, who, data) => expectModal(packageDriftView(t, who, data)));
    const kind = fc.constantFrom('appeared' as const, 'changed' as const, 'resolved' as const);
    const organization = fc.constant({
      id: 1,
      name: 'City',
      timeZone: 'UTC',
      locale: 'en' as const,
      slackTeamId: null,
      brakeShare: 20,
    });
    const digest = fc.record({
      ...{ organization, day: fc.constant('2026-05-03'), channel: short, snoozedUntil: moment, drift },
      news: fc.array(fc.record({ kind, cells: id, people: id }), { maxLength: 3 }),
      first: fc.array(
        fc.record({
          ...{ kind, userId: id, userCode: text, userName: text, permissionId: fc.nat(20) },
          status: fc.option(fc.constantFrom(...STATUS_KINDS)),
        }),
        { maxLength: 20 },
      ),
    });
    always([texts, digest], (t, data) => {
      const { blocks: shown, text: said } = driftMessage(t, data);
      expect(() => validMessageBlocks(JSON.parse(JSON.stringify(shown)))).not.toThrow();
      // An update takes no longer text
      expect(said.length).toBeLessThanOrEqual(4000);
      expect(driftDetails(t, data).text.length).toBeLessThanOrEqual(4000);
    });
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

  it('one’s own access, the dashboard, App Home, and any error', () => {
    const access = fc.record({
      ...{ applicationId: id, applicationName: text, permissionName: text, main: fc.boolean(), value: text, param },
      source: fc.oneof(
        fc.constantFrom('manual', 'founder', 'package:1'),
        text.map((name) => `rule:${name}`),
      ),
    });
    const own = fc.record({ memberships, access: many(access), unusable: many(lacking) });
    always([texts, actor, own], (t, who, data) => expectModal(meView(t, who, data)));
    const drifting = fc.record({ number: id, name: text, cells: id, people: id });
    const drift = fc.oneof(fc.constant('not_scanned' as const), fc.record({ packages: many(drifting), total: id }));
    const dashboard = fc.record({
      ...{
        organization: text,
        overview: fc.option(fc.record({ numbers, drift })),
        running: id,
        toDecide: id,
        founders: text,
      },
      offersProfiles: fc.boolean(),
      leftWithAccess: id,
      ...{ memberships, access: many(access), unusable: many(lacking) },
    });
    always([texts, actor, dashboard, text], (t, who, data, error) => {
      expectModal(dashboardView(t, who, data));
      const view = blocks.home(homeBlocks(t, who, data, new Date(0)));
      expect(() => validView(JSON.parse(JSON.stringify(view)), 'home')).not.toThrow();
      expect(() => validView(errorView(t, error), 'modal')).not.toThrow();
    });
  });
});
