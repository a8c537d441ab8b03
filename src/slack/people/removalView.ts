import type { RemoveAllPlan } from '../../engine/readModels/people.ts';
import { type Block, context, type ModalContent, section } from '../kit/blocks.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, packageName } from '../kit/wording.ts';
import { paragraphs } from './paragraphs.ts';

/** Lines of each kind; the rest are counted. */
const LINES_SHOWN = 15;

/** What Remove all access takes away, by where it comes from. */
export function removalView(texts: Texts, plan: RemoveAllPlan, moved: boolean): ModalContent {
  const words = texts.people.removal;
  const { person, memberships, owned, manual, denied, profiles, groups } = plan;
  const isEmpty = plan.needs.length === 0;
  const permissionsOf = (cells: RemoveAllPlan['owned']) => cells.map((cell) => describePermission(texts, cell));
  return {
    title: words.title,
    ...(!isEmpty && { submit: words.confirm }),
    close: isEmpty ? texts.common.close : texts.common.cancel,
    blocks: [
      ...(moved ? [section(words.moved)] : []),
      section(words.intro(escapeText(person.name), escapeText(person.code))),
      ...listed(
        texts,
        words.packages,
        memberships.map((membership) => packageName(texts, membership)),
      ),
      ...listed(texts, words.owned, permissionsOf(owned)),
      ...listed(texts, words.manual, permissionsOf(manual)),
      ...listed(texts, words.denied, permissionsOf(denied)),
      ...listed(
        texts,
        words.profiles,
        profiles.map(({ name, applicationName }) => `${escapeText(name)} (${escapeText(applicationName)})`),
      ),
      ...listed(
        texts,
        words.groups,
        groups.map(({ name }) => escapeText(name)),
      ),
      isEmpty ? section(words.nothing) : context(words.warning),
    ],
  };
}

function listed(texts: Texts, heading: (n: number) => string, lines: readonly string[]): Block[] {
  if (lines.length === 0) return [];
  const more = lines.length - LINES_SHOWN;
  return paragraphs([
    heading(lines.length),
    ...lines.slice(0, LINES_SHOWN).map((line) => `• ${line}`),
    ...(more > 0 ? [texts.people.removal.more(more)] : []),
  ]);
}
