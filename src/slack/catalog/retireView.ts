import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { RetirementPreview } from '../../engine/readModels/catalogForms.ts';
import { type ModalContent, section } from '../kit/blocks.ts';
import { countUses } from '../kit/catalogUses.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { useRows } from './useRows.ts';

/** Retiring an entry, or bringing it back; where something uses it, what that is and the ways there. */
export function retireView(texts: Texts, actor: Actor, { entry, uses, blocked }: RetirementPreview): ModalContent {
  const words = texts.catalog.retireForm;
  const { kind, retired } = entry;
  const name = escapeText(entry.name);
  const title = words.titles[kind][retired ? 'restore' : 'retire'];
  if (blocked) {
    const text = words.blocked(name, countUses(texts, uses));
    return { title, close: texts.common.close, blocks: [section(text), ...useRows(texts, actor, uses)] };
  }
  return {
    title,
    submit: retired ? texts.catalog.restore : texts.catalog.retire,
    close: texts.common.cancel,
    blocks: [
      section(retired ? words.back[kind](name) : words.intro[kind](name)),
      ...(kind === 'permission' && entry.main && !retired ? [section(words.losesMain)] : []),
    ],
  };
}
