import type { PageFlow } from './pageFlow.ts';
import { colour, page, textStyle } from './pageStyle.ts';
import type { ReportDecision, ReportPermission, ReportPerson } from './reportModel.ts';
import type { KnownCell } from './reportTally.ts';
import type { ReportTexts } from './reportTexts.ts';
import { beforeTexts, decisionText, paramText, partyText, shortGrantText } from './reportWording.ts';
import { type Cell, type CellText, type Column, type Row, Table } from './table.ts';

const plain = (text: string): Cell => [{ text, style: textStyle.cell }];
const strong = (text: string): Cell => [{ text, style: textStyle.cellStrong }];

function permissionCell(permission: ReportPermission, texts: ReportTexts): Cell {
  const text: CellText = { text: permission.name, style: textStyle.cell };
  return [permission.main ? { ...text, badge: texts.main } : text];
}

const decisionStyle = {
  keep_package: textStyle.cellAccent,
  keep_original: textStyle.cellStrong,
  written: textStyle.cellMuted,
  none: textStyle.cellMuted,
} as const satisfies Record<ReportDecision, unknown>;

function decisionCell(decision: ReportDecision, texts: ReportTexts): Cell {
  return [{ text: decisionText(decision, texts), style: decisionStyle[decision] }];
}

/** What the package gives, without a person. */
export function* drawPackagePermissions(flow: PageFlow, permissions: readonly ReportPermission[]): Generator<void> {
  const { texts } = flow;
  const columns: Column[] = [
    { title: texts.application, width: 135 },
    { title: texts.permission, width: 160 },
    { title: texts.value, width: 90 },
    { title: texts.parameter, width: page.bodyWidth - 385 },
  ];
  const toRow = (permission: ReportPermission): Row => [
    plain(permission.application),
    permissionCell(permission, texts),
    plain(permission.value),
    plain(paramText(permission.param, permission, texts) || '—'),
  ];
  const table = new Table(flow, columns);
  flow.heading(texts.permissions, table.lead(permissions[0] && toRow(permissions[0])));
  if (permissions.length === 0) flow.paragraph(texts.noPermissions, textStyle.body);
  yield* table.draw(permissions.map(toRow));
}

/** The whole story of one person: the one table of a report about one person. */
export function* drawPersonTable(flow: PageFlow, cells: readonly KnownCell[]): Generator<void> {
  const { texts } = flow;
  const columns: Column[] = [
    { title: texts.application, width: 74 },
    { title: texts.permission, width: 96 },
    { title: texts.value, width: 50 },
    { title: texts.parameter, width: 76 },
    { title: texts.before, width: 96 },
    { title: texts.decision, width: 60 },
    { title: texts.result, width: page.bodyWidth - 452 },
  ];
  const toRow = ({ cell, permission }: KnownCell): Row => {
    const { what, origin } = beforeTexts(cell.before, permission, texts);
    const nothing = cell.before.kind === 'nothing';
    const before: CellText[] = [{ text: what, style: nothing ? textStyle.cellMuted : textStyle.cell }];
    if (origin !== '') before.push({ text: origin, style: textStyle.cellMuted });
    return [
      plain(permission.application),
      permissionCell(permission, texts),
      plain(permission.value),
      plain(paramText(permission.param, permission, texts) || '—'),
      before,
      decisionCell(cell.decision, texts),
      strong(cell.status),
    ];
  };
  const table = new Table(flow, columns);
  flow.heading(texts.permissions, table.lead(cells[0] && toRow(cells[0])));
  yield* table.draw(cells.map(toRow));
}

/** One person of many: a heading that stays with the first row, and a compact table. The first one opens the part. */
export function* drawPersonSection(
  flow: PageFlow,
  person: ReportPerson,
  cells: readonly KnownCell[],
  { bookmarked, opening }: { readonly bookmarked: boolean; readonly opening: boolean },
): Generator<void> {
  const { texts, typesetter } = flow;
  const columns: Column[] = [
    { title: texts.application, width: 88 },
    { title: texts.permission, width: 104 },
    { title: texts.packageGives, width: 94 },
    { title: texts.before, width: 102 },
    { title: texts.decision, width: 60 },
    { title: texts.result, width: page.bodyWidth - 448 },
  ];
  const toRow = ({ cell, permission }: KnownCell): Row => {
    const { what, origin } = beforeTexts(cell.before, permission, texts);
    const style = cell.before.kind === 'nothing' ? textStyle.cellMuted : textStyle.cell;
    return [
      plain(permission.application),
      permissionCell(permission, texts),
      plain(shortGrantText(permission, texts)),
      [{ text: origin === '' ? what : `${what} (${origin})`, style }],
      decisionCell(cell.decision, texts),
      strong(cell.status),
    ];
  };
  const table = new Table(flow, columns, partyText(person));
  const membership = typesetter.line(texts.membership[person.membership], textStyle.label);
  const name = typesetter.wrap(partyText(person), textStyle.heading, page.bodyWidth - membership.width - 16);
  const note = membershipNote(person, texts);
  const notes = note === '' ? [] : typesetter.wrap(note, textStyle.note, page.bodyWidth);
  const lead = cells[0] ? table.lead(toRow(cells[0])) : 0;

  const height = name.length * textStyle.heading.leading + notes.length * textStyle.note.leading + 12 + lead;
  if (opening) flow.heading(texts.people, height);
  else flow.space(12);
  flow.ensure(height);
  if (bookmarked) flow.canvas.bookmark(partyText(person), flow.y - 4);
  if (!opening) flow.canvas.rectangle(page.left, flow.y, page.bodyWidth, 0.75, colour.rule);
  flow.space(opening ? 0 : 4);
  flow.canvas.text(membership, page.right - membership.width, flow.y + flow.baseline(textStyle.heading));
  flow.lines(name);
  flow.lines(notes);
  flow.space(3);
  yield* table.draw(cells.map(toRow));
}

/** What is said of a person to whom nothing was written; empty where something was. */
export function membershipNote({ membership }: ReportPerson, texts: ReportTexts): string {
  if (membership === 'founder') return texts.founderNote;
  return membership === 'unchanged' ? texts.unchangedNote : '';
}
