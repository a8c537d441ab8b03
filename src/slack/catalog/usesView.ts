import type { CatalogUses, UseKind } from '../../engine/core/catalogUses.ts';
import type { PackageUse, PermissionUsesView } from '../../engine/readModels/catalog.ts';
import { type Block, button, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, dotOf, packageName } from '../kit/wording.ts';
import { describeEntry } from './applicationView.ts';

/** Where a permission is used: every package with a way to it, and profiles, rules and people, the first by name. */
export function usesView(
  texts: Texts,
  { permission, packages, uses }: PermissionUsesView,
  { page }: { page: number },
): ModalContent {
  const words = texts.catalog;
  const total = permission.live + permission.removed;
  return {
    title: words.usesTitle,
    close: texts.common.close,
    blocks: [
      section(`*${describePermission(texts, permission)}*`),
      section(describeEntry(texts, permission)),
      ...named(texts, uses, 'profile', words.profiles),
      ...named(texts, uses, 'rule', words.rules),
      ...named(texts, uses, 'person', words.people),
      divider(),
      ...(total === 0 ? [section(words.noPackages)] : packages.map((each) => packageRow(texts, each))),
      ...pager(texts, ACTIONS.catalogUsesPage, { page, total }),
    ],
  };
}

function named(texts: Texts, { counts, named: all }: CatalogUses, kind: UseKind, title: string): Block[] {
  const found = all.filter((each) => each.kind === kind);
  const rest = (counts[kind] ?? 0) - found.length;
  if (found.length === 0) return [];
  const names = found.map(({ name }) => escapeText(name)).join(', ');
  return [section(`*${title}*: ${names}${rest > 0 ? texts.catalog.more(rest) : ''}`)];
}

function packageRow(texts: Texts, { number, name, state, live, value, param }: PackageUse): Block {
  const disabled = state === 'disabled' ? ` · :no_entry: ${texts.states.disabled}` : '';
  return section(
    `${dotOf(texts, live)} · ${packageName(texts, { number, name })}${disabled}\n${describeValue(texts, value, param)}`,
    { accessory: button(ACTIONS.openPackage, texts.catalog.open, { number }) },
  );
}
