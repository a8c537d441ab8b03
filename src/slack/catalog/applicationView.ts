import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { CatalogApplicationView, ListedPermission } from '../../engine/readModels/catalog.ts';
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
import { PAGE_SIZE, pageOf, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeName } from '../kit/wording.ts';
import { menuChoice } from './menuChoice.ts';

/** One application of the catalogue: its key, and each permission with its values, scope and uses. */
export function applicationView(
  texts: Texts,
  actor: Actor,
  { application, permissions, simple }: CatalogApplicationView,
  { page: wanted, note }: { page: number; note: string | undefined },
): ModalContent {
  const words = texts.catalog;
  const { page, offset } = pageOf(wanted, permissions.length);
  const { id, key, name, retired } = application;
  const manages = mayDo(actor, 'manage_catalog');
  return {
    title: words.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      header(name),
      section(`${retired ? words.dots.retired : words.dots.offered} · ${words.key(escapeText(key))}`),
      ...(simple && !retired ? [context(words.simple)] : []),
      ...actions('catalog_application', [
        button(ACTIONS.catalogBack, words.back),
        ...(manages ? manageButtons(texts, { id, retired }) : []),
      ]),
      divider(),
      ...(permissions.length === 0 ? [section(words.noPermissions)] : []),
      ...permissions.slice(offset, offset + PAGE_SIZE).map((each) => permissionRow(texts, manages, each)),
      ...pager(texts, ACTIONS.catalogPage, { page, total: permissions.length }),
    ],
  };
}

function manageButtons(texts: Texts, { id, retired }: { id: number; retired: boolean }) {
  const words = texts.catalog;
  const entry = { kind: 'application', id };
  if (retired) return [button(ACTIONS.catalogRetire, words.restore, { ...entry, action: 'restore' })];
  return [
    button(ACTIONS.catalogNew, words.new.permission, { kind: 'permission', parent: id }, { style: 'primary' }),
    button(ACTIONS.catalogEdit, words.edit, { id }),
    button(ACTIONS.catalogRetire, words.retire, { ...entry, action: 'retire' }, { style: 'danger' }),
  ];
}

function permissionRow(texts: Texts, manages: boolean, permission: ListedPermission): Block {
  const { id, retired } = permission;
  const change = retired ? (['restore'] as const) : (['edit', 'retire'] as const);
  const choices = ['uses' as const, ...(manages ? change : [])];
  return section(describeEntry(texts, permission), {
    accessory: overflow(
      `${ACTIONS.catalogMenu}_permission_${id}`,
      choices.map((choice) => option(texts.catalog.menu[choice], menuChoice(choice, 'permission', id))),
    ),
  });
}

/** A permission as the catalogue defines it, and how much it is used. */
export function describeEntry(texts: Texts, permission: ListedPermission): string {
  const { key, levels, scope, retired, live, removed, profiles, rules, people } = permission;
  const words = texts.catalog;
  const [only = '', ...others] = levels;
  const values = levels.map((level) => `\`${escapeText(level)}\``).join(' < ');
  const levelText = others.length === 0 ? words.plainSwitch(`\`${escapeText(only)}\``) : words.lowestFirst(values);
  return [
    `${retired ? words.dots.retired : words.dots.offered} · *${describeName(texts, permission)}* \`${escapeText(key)}\``,
    `${levelText} · ${words.scope[scope]}`,
    `_${words.usage(live, removed, profiles, rules, people)}_`,
  ].join('\n');
}
