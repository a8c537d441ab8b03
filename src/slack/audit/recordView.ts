import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { AuditRecordView, ConcernedPerson, OperationLine } from '../../engine/readModels/audit.ts';
import { auditLines } from '../kit/auditLines.ts';
import { auditSentence } from '../kit/auditSentence.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeSource, describeValue } from '../kit/wording.ts';

/** Permissions of one person that are told; the rest are counted. */
const LINES_SHOWN = 8;

export interface RecordScreen extends AuditRecordView {
  page: number;
  fromList: boolean;
  note: string | undefined;
}

/** One record of the audit trail: what it says, whom it concerns, and its place in the chain. */
export function recordView(texts: Texts, actor: Actor, screen: RecordScreen): ModalContent {
  const { record, fits, note } = screen;
  const words = texts.audit;
  return {
    title: words.recordTitle,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      section(words.heading(auditSentence(texts, record).replaceAll('*', ''), texts.moment(record.at))),
      ...actions('audit_record_actions', buttons(texts, actor, screen)),
      ...stateBlocks(texts, screen),
      divider(),
      ...concernedBlocks(texts, screen),
      divider(),
      section(fits ? words.fits : words.broken),
      context(words.place(record.seq, record.operationId), words.hash(record.hash)),
      context(words.previous(record.previousHash), words.plan(record.planHash)),
    ],
  };
}

function buttons(texts: Texts, actor: Actor, { record, fromList }: RecordScreen) {
  const words = texts.audit;
  const { packageNumber, packageName, person, kind, operationId } = record;
  return [
    ...(fromList ? [button(ACTIONS.auditBack, words.back)] : []),
    ...(packageNumber !== null && packageName !== null && mayDo(actor, 'view')
      ? [button(ACTIONS.openPackage, words.openPackage, { number: packageNumber })]
      : []),
    ...(person !== null && mayDo(actor, 'view')
      ? [button(ACTIONS.openPerson, words.openPerson, { userId: person.userId })]
      : []),
    ...(kind === 'assign_package' ? [button(ACTIONS.sendReceipt, words.receipt, { operationId })] : []),
  ];
}

function stateBlocks(texts: Texts, { record }: RecordScreen): Block[] {
  const words = texts.audit;
  const told = auditLines(texts, record);
  const paragraph = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [section(`*${title}*\n${lines.join('\n')}`)];
  if (told.kind === 'change') return paragraph(words.change, told.lines);
  return [...paragraph(words.before, told.before), ...paragraph(words.after, told.after)];
}

function concernedBlocks(texts: Texts, { record, concerned, page }: RecordScreen): Block[] {
  const words = texts.audit;
  if (record.people === 0) return [section(words.nobody)];
  return [
    section(`*${words.concerned(record.people)}*`),
    ...concerned.map((person) => section(personText(texts, person))),
    ...pager(texts, ACTIONS.auditPeoplePage, { page, total: record.people, size: PAGE_SIZE }),
  ];
}

function personText(texts: Texts, { name, code, membership, lines }: ConcernedPerson): string {
  const memberships: Partial<Record<string, string>> = texts.auditWords.memberships;
  const what = memberships[membership] ?? escapeText(membership);
  const more = lines.length - LINES_SHOWN;
  return [
    `*${escapeText(name)}* \`${escapeText(code)}\` · ${what}`,
    ...lines.slice(0, LINES_SHOWN).map((line) => lineText(texts, line)),
    ...(more > 0 ? [texts.audit.more(more)] : []),
  ].join('\n');
}

/** What somebody had of a permission before, and what the operation left them with. */
function lineText(texts: Texts, { permission, decision, hadBefore, hasAfter, note }: OperationLine): string {
  const words = texts.audit;
  const name = `${escapeText(permission.application)} · ${escapeText(permission.name)}`;
  const held = (access: OperationLine['hadBefore']) =>
    access
      ? `${describeValue(texts, access.value, access.param)} (${describeSource(texts, access.source)})`
      : words.nothingHeld;
  if (decision === 'kept') return words.lineKept(name, held(hadBefore));
  return words.line(name, held(hadBefore), note === 'changedSince' ? words.changedSince : held(hasAfter));
}
