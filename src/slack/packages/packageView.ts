import type { Overflow } from '@slack/types';
import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { PackageDetailsView, PackagePermission } from '../../engine/readModels/packages.ts';
import {
  actions,
  type Block,
  button,
  context,
  divider,
  header,
  type ModalContent,
  option,
  overflow,
  section,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PERMISSIONS_PER_PAGE, pageOf, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, dotOf } from '../kit/wording.ts';
import { type MemberList, memberBlocks } from './memberBlocks.ts';

/** The actions of a permission's menu, in their order. */
export const PERMISSION_MENU = ['sync', 'change', 'remove', 'readd'] as const;

/** MAIN warnings shown; a package of more applications without MAIN has a larger problem. */
const WARNINGS_SHOWN = 10;

export type Tab = 'permissions' | 'active' | 'former';

/** What the package screen shows beside the package itself. */
export interface PackageScreenData extends MemberList {
  tab: Tab;
  note: string | undefined;
}

/** The package screen: head, tabs, and the permissions or the members. */
export function packageView(texts: Texts, actor: Actor, data: PackageScreenData): ModalContent {
  const { details, tab, note } = data;
  return {
    title: texts.show.title(details.package.number),
    ...(tab !== 'permissions' && { submit: texts.common.search }),
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      ...head(texts, actor, details),
      ...tabs(texts, details, tab),
      divider(),
      ...(tab === 'permissions' ? permissionBlocks(texts, actor, details, data.page) : memberBlocks(texts, data, tab)),
    ],
  };
}

function head(texts: Texts, actor: Actor, { package: pack, structures, members }: PackageDetailsView): Block[] {
  const { number, state } = pack;
  const may = {
    define: mayDo(actor, 'define_packages'),
    assign: mayDo(actor, 'assign_packages'),
    sync: mayDo(actor, 'sync_packages'),
  };
  const disabled = state === 'disabled';
  const toggle = button(
    ACTIONS.setPackageState,
    disabled ? texts.show.enable : texts.show.disable,
    { number, state: disabled ? 'active' : 'disabled' },
    {
      ...(!disabled && { style: 'danger' as const }),
      confirm: {
        title: pack.name,
        text: disabled ? texts.show.enableConfirm(members.active) : texts.show.disableConfirm(members.active),
        confirm: disabled ? texts.show.enable : texts.show.disable,
        deny: texts.common.cancel,
      },
    },
  );
  const names = structures.map(({ code, name }) => `${escapeText(name)} (${escapeText(code)})`).join(', ');
  return [
    header(pack.name),
    ...(pack.description ? [section(escapeText(pack.description))] : []),
    context(
      `${disabled ? ':no_entry:' : ':large_green_circle:'} ${texts.states[state]}`,
      ...(names ? [texts.show.structures(names)] : []),
    ),
    ...(disabled ? [context(texts.show.disabledNote)] : []),
    ...actions('package_actions', [
      ...(may.assign && !disabled
        ? [button(ACTIONS.assign, texts.show.addUser, { number }, { style: 'primary' })]
        : []),
      ...(may.assign && members.active > 0 ? [button(ACTIONS.removeMany, texts.show.removeUsers, { number })] : []),
      ...(may.sync && !disabled && members.active > 0
        ? [button(ACTIONS.openSync, texts.sync.buttonAll, { number })]
        : []),
      ...(may.define ? [button(ACTIONS.addPermission, texts.show.addPermission, { number })] : []),
      ...(may.define ? [button(ACTIONS.editPackage, texts.show.edit, { number })] : []),
      ...(may.define ? [button(ACTIONS.clonePackage, texts.clone.button, { number }), toggle] : []),
      ...(mayDo(actor, 'administer') ? [button(ACTIONS.openPolicy, texts.policies.button, { number })] : []),
      button(ACTIONS.exportStatuses, texts.exports.button, { number }),
      button(ACTIONS.openList, texts.show.all),
    ]),
  ];
}

function tabs(texts: Texts, { package: { number }, permissions, members }: PackageDetailsView, current: Tab): Block[] {
  const live = permissions.filter((permission) => permission.live).length;
  const counts: Record<Tab, number> = { permissions: live, active: members.active, former: members.former };
  const order: Tab[] = ['permissions', 'active', 'former'];
  return actions(
    'package_tabs',
    order.map((tab) =>
      button(
        `${ACTIONS.packageTab}_${tab}`,
        `${texts.show.tabs[tab]} (${counts[tab]})`,
        { number, tab },
        tab === current ? { style: 'primary' } : {},
      ),
    ),
  );
}

function permissionBlocks(
  texts: Texts,
  actor: Actor,
  { package: pack, permissions, lackingMain }: PackageDetailsView,
  wanted: number,
): Block[] {
  const { offset, page } = pageOf(wanted, permissions.length, PERMISSIONS_PER_PAGE);
  if (permissions.length === 0) return [section(texts.show.noPermissions)];
  const warnings = lackingMain
    .slice(0, WARNINGS_SHOWN)
    .map(({ applicationName, mainName }) =>
      section(texts.show.lacksMain(escapeText(applicationName), escapeText(mainName))),
    );
  return [
    ...warnings,
    ...permissions
      .slice(offset, offset + PERMISSIONS_PER_PAGE)
      .map((permission) =>
        section(
          `${dotOf(texts, permission.live)} · *${describePermission(texts, permission)}*\n${describeValue(texts, permission.value, permission.param)}`,
          permissionMenu(texts, actor, pack, permission),
        ),
      ),
    ...pager(texts, ACTIONS.permissionPage, { page, total: permissions.length, size: PERMISSIONS_PER_PAGE }),
  ];
}

/** What can be done about one permission: sync, change and remove while it is green, put it back while it is red. */
function permissionMenu(
  texts: Texts,
  actor: Actor,
  { number, state }: PackageDetailsView['package'],
  { permissionId, live }: PackagePermission,
): { accessory?: Overflow } {
  const defines = mayDo(actor, 'define_packages');
  const offered = {
    sync: live && state === 'active' && mayDo(actor, 'sync_packages'),
    change: live && defines,
    remove: live && defines,
    readd: !live && defines,
  };
  const options = PERMISSION_MENU.filter((action) => offered[action]).map((action) =>
    option(texts.show.menu[action], `${action}:${number}:${permissionId}`),
  );
  return options.length === 0 ? {} : { accessory: overflow(`${ACTIONS.permissionMenu}_${permissionId}`, options) };
}
