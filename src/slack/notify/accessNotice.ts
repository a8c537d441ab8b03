import type { AccessNotice, BurstCell } from '../../engine/operations/accessNotices.ts';
import type { AccessExplanation } from '../../engine/readModels/accessExplanation.ts';
import { actions, button, context, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { verdictText } from '../kit/verdict.ts';
import { describePermission, describeValue } from '../kit/wording.ts';
import type { MessageContent } from './keepMessage.ts';

/** Permissions named under one heading; the rest are counted. */
const NAMED = 15;

/** Whether there is anything to tell: what was changed and changed back is not. */
export function isWorthTelling({ cells, founder, founderWas }: AccessNotice): boolean {
  return cells.length > 0 || founder !== founderWas;
}

/**
 * What a person is told of a burst of changes to their access, with the question whether it works; once they answered,
 * with what came of that. `found`: what explains that they are still blocked.
 */
export function accessNoticeMessage(
  texts: Texts,
  command: string,
  notice: AccessNotice,
  found: readonly AccessExplanation[],
): MessageContent {
  const { access } = texts.delivery;
  const lines = changedLines(texts, notice);
  const what = `${texts.notices.logOut} ${texts.notices.see} \`${command} me\`.`;
  const answer = answerLines(texts, notice, found);
  const gotSomething = notice.founder || notice.cells.some(({ after }) => after !== null);
  const asks = notice.answer === null && gotSomething;
  return {
    text: [...lines, what, ...answer].join('\n'),
    blocks: [
      section(lines.join('\n')),
      context(what),
      ...(answer.length > 0 ? [section(answer.join('\n'))] : []),
      ...(asks
        ? actions('access_answer', [
            button(ACTIONS.accessWorks, access.works, { burst: notice.burstId }),
            button(ACTIONS.accessBlocked, access.blocked, { burst: notice.burstId }),
          ])
        : []),
    ],
  };
}

function changedLines(texts: Texts, notice: AccessNotice): string[] {
  const { access } = texts.delivery;
  if (notice.founder && !notice.founderWas) return [texts.notices.founderNamed];
  if (notice.founderWas && !notice.founder) return [texts.notices.founderEnded];
  const { cells } = notice;
  return [
    access.changed,
    ...listed(texts, access.gained, cells, ({ before, after }) => before === null && after !== null),
    ...listed(texts, access.altered, cells, ({ before, after }) => before !== null && after !== null),
    ...listed(texts, access.lost, cells, ({ after }) => after === null),
  ];
}

function listed(
  texts: Texts,
  heading: string,
  cells: readonly BurstCell[],
  of: (cell: BurstCell) => boolean,
): string[] {
  const { access } = texts.delivery;
  const among = cells.filter(of);
  if (among.length === 0) return [];
  const more = among.length > NAMED ? [access.more(among.length - NAMED)] : [];
  return [heading, ...among.slice(0, NAMED).map((cell) => cellLine(texts, cell)), ...more];
}

function cellLine(texts: Texts, cell: BurstCell): string {
  const { access } = texts.delivery;
  const name = describePermission(texts, cell);
  const worded = (held: BurstCell['before']) => held && describeValue(texts, held.value, held.param);
  const line = access.entry(name, worded(cell.after), worded(cell.before));
  return cell.endsAt === null ? line : `${line} · ${texts.ends.until(texts.lastDay(cell.endsAt))}`;
}

function answerLines(texts: Texts, { answer }: AccessNotice, found: readonly AccessExplanation[]): string[] {
  const { access } = texts.delivery;
  if (answer === null) return [];
  if (answer === 'works') return [access.thanks];
  return [access.sorry, ...found.map((each) => verdictText(texts, each)), access.passedOn];
}
