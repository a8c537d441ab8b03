import { type Block, checkboxes, context, input, type ModalContent, option, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import type { MatchDraft } from './matchDraft.ts';

/** What matching people with Slack accounts by e-mail would do; nothing is written before it is confirmed. */
export function matchView(texts: Texts, { shown }: MatchDraft): ModalContent {
  const words = texts.people.matching;
  const { links, ambiguous, taken, deactivated } = shown;
  const isIdle = links.total + deactivated.total === 0;
  return {
    title: words.title,
    ...(!isIdle && { submit: words.confirm }),
    close: isIdle ? texts.common.close : texts.common.cancel,
    blocks: [
      context(words.intro),
      ...(links.total === 0 ? [section(words.noLinks)] : named(texts, words.links, links)),
      ...named(texts, words.ambiguous, ambiguous),
      ...named(texts, words.taken, {
        ...taken,
        names: taken.names.map(([name, owner]) => words.takenBy(name, owner)),
      }),
      ...named(texts, words.deactivated, deactivated),
      ...(deactivated.total === 0
        ? []
        : [
            input(
              'deactivated',
              words.deactivatedLabel,
              checkboxes(ACTIONS.markDeactivated, [option(words.deactivatedMark(deactivated.total), 'left')], []),
              { optional: true, hint: words.deactivatedHint },
            ),
          ]),
      ...(isIdle ? [section(words.nothing)] : []),
    ],
  };
}

function named(
  texts: Texts,
  heading: (n: number) => string,
  { names, total }: { names: readonly string[]; total: number },
): Block[] {
  if (total === 0) return [];
  const more = total - names.length;
  const list = names.map(escapeText).join(', ') + (more > 0 ? texts.people.matching.more(more) : '');
  return [section(`${heading(total)}\n${list}`)];
}
