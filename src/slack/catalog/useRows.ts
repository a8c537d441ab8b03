import { type CatalogUse, type CatalogUses, totalUses } from '../../engine/core/catalogUses.ts';
import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import { type Block, button, context, section } from '../kit/blocks.ts';
import { USES_NAMED } from '../kit/catalogUses.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** What is in the way, the first of it by name, with a way to each as far as the person may go there. */
export function useRows(texts: Texts, actor: Actor, uses: CatalogUses): Block[] {
  const shown = uses.named.slice(0, USES_NAMED);
  const more = totalUses(uses) - shown.length;
  return [
    ...shown.map((use) => useRow(texts, actor, use)),
    ...(more > 0 ? [context(texts.catalog.andMore(more))] : []),
  ];
}

function useRow(texts: Texts, actor: Actor, { kind, id, name }: CatalogUse): Block {
  const isPackage = kind === 'package' || kind === 'removed' || kind === 'reference';
  const label = isPackage ? packageName(texts, { number: id, name }) : `*${escapeText(name)}*`;
  const text = `${label} — ${texts.catalog.useKinds[kind]}`;
  if (isPackage) {
    return section(text, { accessory: button(ACTIONS.openPackage, texts.catalog.open, { number: id }) });
  }
  if (kind === 'person' && mayDo(actor, 'manage_permissions')) {
    return section(text, { accessory: button(ACTIONS.manage, texts.catalog.open, { userId: id }) });
  }
  return section(text);
}
