import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyStatus } from '../../../src/engine/core/status.ts';
import { validMessageBlocks, validView } from '../../../src/sandbox/blocks/validate.ts';
import { dashboardView, homeBlocks } from '../../../src/slack/home/dashboardView.ts';
import * as blocks from '../../../src/slack/kit/blocks.ts';
import { errorView } from '../../../src/slack/kit/screens.ts';
import { meView } from '../../../src/slack/me/meView.ts';
import { addPermissionView } from '../../../src/slack/packages/addPermissionView.ts';
import { clonePackageView } from '../../../src/slack/packages/clonePackageView.ts';
import { editPackageView } from '../../../src/slack/packages/editPackageView.ts';
import { listView } from '../../../src/slack/packages/listView.ts';
import { packageView } from '../../../src/slack/packages/packageView.ts';
import { removePermissionView } from '../../../src/slack/packages/removePermissionView.ts';
import {
  actor,
  always,
  counted,
  end,
  expectModal,
  facts,
  id,
  lacking,
  many,
  memberships,
  numbers,
  pack,
  packageDetails,
  param,
  permission,
  short,
  state,
  structure,
  text,
  texts,
  unique,
} from './arbitraries.ts';

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
