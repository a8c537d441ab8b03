import type { DriftDigest, ToldCell } from '../../engine/readModels/driftDigest.ts';
import { actions, type Block, button, context, option, section, staticSelect } from '../kit/blocks.ts';
import { commonBlocks, driftTotals, trendText } from '../kit/driftBlocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { LIMITS } from '../kit/limits.ts';
import { escapeText, truncate } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, packageName } from '../kit/wording.ts';
import type { MessageContent } from './keepMessage.ts';

const MARKS = {
  appeared: ':small_red_triangle:',
  changed: ':arrows_counterclockwise:',
  resolved: ':white_check_mark:',
};

/** Permissions suggested to be changed in one message; the package's page shows all. */
const SUGGESTED = 3;

/** The message of a day about a package's drift: what is new, changed and resolved, and what can be done. */
export function driftMessage(texts: Texts, digest: DriftDigest): MessageContent {
  const { drift, news, day, snoozedUntil } = digest;
  const { digest: words } = texts.drift;
  const pack = packageName(texts, drift.package);
  const of = (kind: keyof typeof MARKS) => news.find((each) => each.kind === kind) ?? { cells: 0, people: 0 };
  const lines = (['appeared', 'changed', 'resolved'] as const).flatMap((kind) => {
    const { cells, people } = of(kind);
    return cells > 0 ? [words[kind](cells, people)] : [];
  });
  const { cells, people } = driftTotals(drift);
  const rest = cells > 0 ? words.rest(cells, people) : words.allInLine;
  const said = lines.length > 0 ? lines : [words.settled];
  return {
    text: truncate(
      words.summary(pack, of('appeared').cells, of('changed').cells, of('resolved').cells),
      LIMITS.updateText,
    ),
    blocks: [
      section(`*${words.title(pack.replaceAll('*', ''), texts.day(day))}*\n${said.join('\n')}\n${rest}`),
      context(trendText(texts, drift)),
      ...commonBlocks(texts, { ...drift, common: drift.common.slice(0, SUGGESTED) }, null),
      ...(snoozedUntil ? [context(words.snoozed(texts.moment(snoozedUntil)))] : []),
      ...(cells > 0 ? buttons(texts, digest) : []),
    ],
  };
}

function buttons(texts: Texts, { drift, snoozedUntil }: DriftDigest): Block[] {
  const { number } = drift.package;
  const { sync, snooze, accept, review } = texts.drift;
  const confirm = { title: sync.title, text: sync.text, confirm: sync.confirm, deny: sync.deny };
  const choices = [option(snooze.day, `${number}:day`), option(snooze.week, `${number}:week`)];
  // A menu keeps what was chosen in a block that it knows
  return actions(`drift_${number}_${snoozedUntil?.getTime() ?? 0}`, [
    button(ACTIONS.openSync, review, { number, shown: 'drift' }, { style: 'primary' }),
    button(ACTIONS.driftSync, sync.button, { number }, { confirm }),
    staticSelect(ACTIONS.driftSnooze, choices, undefined, snooze.placeholder),
    button(ACTIONS.driftAccept, accept.button, { number }),
  ]);
}

/** The people and permissions of the news, for the thread. */
export function driftDetails(texts: Texts, { drift, news, first }: DriftDigest): MessageContent {
  const total = news.reduce((sum, { cells }) => sum + cells, 0);
  let room = LIMITS.updateText;
  const told = first
    .map((cell) => detailLine(texts, cell, drift.permissions))
    .filter((line) => {
      room -= line.length + 1;
      return room >= 0;
    });
  const more = total - told.length;
  const lines = [...told, ...(more > 0 ? [texts.drift.digest.more(more)] : [])];
  return { text: lines.length > 0 ? lines.join('\n') : texts.drift.digest.settled };
}

function detailLine(
  texts: Texts,
  { kind, userName, userCode, permissionId, status }: ToldCell,
  permissions: DriftDigest['drift']['permissions'],
): string {
  const permission = permissions.find((each) => each.permissionId === permissionId);
  const what = permission ? describePermission(texts, permission) : '–';
  const { line, now } = texts.drift.digest;
  const told = status === null ? what : now(what, texts.statuses[status]);
  return line(MARKS[kind], escapeText(userName), escapeText(userCode), told);
}
