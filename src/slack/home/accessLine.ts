import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { Access } from '../../engine/readModels/access.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Applications named; My access shows them all. */
const NAMED = 10;

/** The applications in which somebody can do something, in one line. */
export function accessLine(texts: Texts, actor: Actor, access: readonly Access[]): string {
  if (actor.founder) return texts.me.founder;
  const names = [...new Set(access.map(({ applicationName }) => applicationName))];
  if (names.length === 0) return texts.me.nothing;
  const named = names.slice(0, NAMED).map(escapeText).join(', ');
  return texts.home.access(named, Math.max(0, names.length - NAMED));
}
