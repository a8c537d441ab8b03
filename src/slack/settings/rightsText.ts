import { META_PERMISSIONS } from '../../engine/core/metaPermissions.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Meta-permissions in words, in their usual order; "none" where there is none. */
export function rightsText(texts: Texts, held: Iterable<string>): string {
  const names = new Set(held);
  const words = META_PERMISSIONS.filter((name) => names.has(name)).map((name) => texts.metaPermissions[name]);
  return words.join(', ') || texts.common.none;
}
