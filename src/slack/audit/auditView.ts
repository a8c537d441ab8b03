import { RECORDED_KINDS } from '../../engine/core/recordedKinds.ts';
import type { AuditRecord } from '../../engine/readModels/audit.ts';
import type { Person } from '../../engine/readModels/search.ts';
import { auditKind, auditSentence } from '../kit/auditSentence.ts';
import {
  actions,
  type Block,
  button,
  context,
  datepicker,
  divider,
  externalSelect,
  type ModalContent,
  option,
  section,
  staticSelect,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { personOption } from '../kit/personOption.ts';
import type { AuditState } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** The value of the choice that takes a filter away; no person, package or kind has it. */
export const EVERY = '*';

export interface AuditScreen {
  records: AuditRecord[];
  total: number;
  state: AuditState;
  /** Whom and what is searched for, by name; null where it is not. */
  person: Person | null;
  package: { number: number; name: string } | null;
  note: string | undefined;
}

/** The audit trail: what it is searched for, and the records found, newest first. */
export function auditView(texts: Texts, screen: AuditScreen): ModalContent {
  const { records, total, state, note } = screen;
  const words = texts.audit;
  const found = searched(texts, screen);
  return {
    title: words.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      ...filters(texts, screen),
      context(found.length === 0 ? words.searched.all : found.join(' · ')),
      ...actions('audit_actions', [
        ...(found.length > 0 ? [button(ACTIONS.clearAudit, words.clear)] : []),
        ...(total > 0
          ? (['csv', 'jsonl'] as const).map((format) =>
              button(`${ACTIONS.exportAudit}_${format}`, words.exports[format], { format }),
            )
          : []),
      ]),
      divider(),
      ...(total === 0 ? [section(words.nothing)] : [context(words.total(total))]),
      ...records.map((record) =>
        section(words.row(texts.moment(record.at), record.seq, auditSentence(texts, record)), {
          accessory: button(ACTIONS.openAuditRecord, words.details, { seq: record.seq }),
        }),
      ),
      ...pager(texts, ACTIONS.auditPage, { page: state.page, total }),
    ],
  };
}

function filters(texts: Texts, { state, person, package: pack }: AuditScreen): Block[] {
  const words = texts.audit;
  const kinds = RECORDED_KINDS.map((kind) => option(texts.auditWords.kinds[kind], kind)).sort((a, b) =>
    a.text.text.localeCompare(b.text.text),
  );
  const kind = state.kind === null ? [] : [option(auditKind(texts, state.kind), state.kind)];
  const known = kinds.some(({ value }) => value === state.kind);
  const choices = [option(words.anything, EVERY), ...(known ? [] : kind), ...kinds];
  // A redrawn choice keeps what was chosen unless its block is a new one
  const revision = [state.userId, state.number, state.kind, state.from, state.to].join('_');
  const packageOption = pack && option(`package:${pack.number} ${pack.name}`, String(pack.number));
  return actions(`audit_filters_${revision}`, [
    externalSelect(ACTIONS.auditPerson, words.person, person ? personOption(person) : undefined),
    externalSelect(ACTIONS.auditPackage, words.package, packageOption ?? undefined),
    staticSelect(ACTIONS.auditKind, choices, state.kind ?? undefined, words.kind),
    datepicker(ACTIONS.auditFrom, words.from, state.from ?? undefined),
    datepicker(ACTIONS.auditTo, words.to, state.to ?? undefined),
  ]);
}

/** What is searched for, in words. */
function searched(texts: Texts, { state, person, package: pack }: AuditScreen): string[] {
  const words = texts.audit.searched;
  return [
    ...(person ? [words.person(escapeText(person.name))] : []),
    ...(pack ? [words.package(packageName(texts, pack))] : []),
    ...(state.kind !== null ? [words.kind(escapeText(auditKind(texts, state.kind)))] : []),
    ...(state.from !== null ? [words.from(texts.day(state.from))] : []),
    ...(state.to !== null ? [words.to(texts.day(state.to))] : []),
  ];
}
