import type { PageFlow } from './pageFlow.ts';
import { colour, page, textStyle } from './pageStyle.ts';
import type { AssignmentReport, ReportPerson } from './reportModel.ts';
import { dayText, momentText, numberText, partyText } from './reportWording.ts';

/** The first page's band: whose report it is, and what it is. */
export function drawBand(flow: PageFlow, report: AssignmentReport): void {
  const { canvas, typesetter, texts } = flow;
  const width = page.bodyWidth;
  canvas.rectangle(0, 0, page.width, page.bandHeight, colour.band);
  flow.at(typesetter.line(report.organization.name, textStyle.bandOrganization, width), page.left, 15);
  flow.at(typesetter.line(texts.title, textStyle.bandTitle, width), page.left, 30);
  flow.y = page.bandHeight + 18;
}

/** Whom a report about one person is about. */
export function drawOnePerson(flow: PageFlow, person: ReportPerson): void {
  flow.paragraph(person.name, textStyle.personName);
  flow.paragraph(`${person.code} · ${flow.texts.membership[person.membership]}`, textStyle.label);
  flow.space(6);
}

/** The facts of the operation: package, end, who assigned and approved it, and when. */
export function drawFacts(flow: PageFlow, report: AssignmentReport): void {
  const { texts } = flow;
  const { number, name, description, structures } = report.package;
  flow.space(2);
  drawFact(flow, texts.package, `package:${number} · ${name}`, true);
  if (description.trim() !== '') drawFact(flow, texts.description, description);
  const codes = structures.map((structure) => `${structure.code} · ${structure.name}`);
  drawFact(flow, texts.referenceStructures, codes.join('\n') || texts.none);
  drawFact(flow, texts.when, momentText(report.at, report.timeZone, texts));
  if (report.until) drawFact(flow, texts.until, dayText(report.until, texts));
  drawFact(flow, texts.assignedBy, report.assignedBy ? partyText(report.assignedBy) : texts.system);
  drawFact(flow, texts.approvedBy, report.approvedBy.map(partyText).join('\n') || texts.noApproval);
}

const labelWidth = 120;

/** A label with what it says beside it; the label is repeated by nobody, so the first line keeps with it. */
export function drawFact(flow: PageFlow, label: string, text: string, strong = false): void {
  const style = strong ? textStyle.bodyStrong : textStyle.body;
  const labels = flow.typesetter.wrap(label, textStyle.label, labelWidth - 8);
  const x = page.left + labelWidth;
  const lines = flow.typesetter.wrap(text, style, page.right - x);
  flow.ensure(Math.max(labels.length, 1) * textStyle.label.leading);
  let top = flow.y;
  for (const line of labels) {
    flow.at(line, page.left, top);
    top += line.style.leading;
  }
  const first = flow.canvas.pageNumber;
  flow.lines(lines, x);
  if (flow.canvas.pageNumber === first) flow.y = Math.max(flow.y, top);
  flow.space(2.5);
}

/** Warnings in amber, each kept whole where it fits on a page. */
export function drawWarnings(flow: PageFlow, warnings: readonly string[]): void {
  if (warnings.length === 0) return;
  flow.heading(flow.texts.warnings, 20);
  for (const warning of warnings) {
    const lines = flow.typesetter.wrap(warning, textStyle.body, page.bodyWidth - 20);
    const height = lines.length * textStyle.body.leading + 8;
    const boxed = height <= page.bottom - page.top;
    if (boxed) {
      flow.ensure(height);
      flow.canvas.rectangle(page.left, flow.y, page.bodyWidth, height, colour.amberTint);
      flow.canvas.rectangle(page.left, flow.y, 2.5, height, colour.amber);
    }
    flow.space(4);
    flow.lines(lines, page.left + 12);
    flow.space(8);
  }
}

/** The counts of a report about many people: tiles, and the resulting statuses if they were given. */
export function drawSummary(flow: PageFlow, report: AssignmentReport): void {
  const { texts, typesetter, canvas } = flow;
  const { summary } = report;
  flow.heading(texts.summary, 60);
  const counts = ['people', 'assigned', 'reassigned', 'founders', 'unchanged', 'written', 'kept'] as const;
  const gap = 6;
  const width = (page.bodyWidth - gap * (counts.length - 1)) / counts.length;
  const top = flow.y;
  for (const [index, count] of counts.entries()) {
    const x = page.left + index * (width + gap);
    canvas.rectangle(x, top, width, 48, colour.headerRow);
    const number = numberText(summary[count], texts);
    flow.at(typesetter.line(number, textStyle.tileNumber, width - 12), x + 6, top + 5);
    let y = top + 25;
    for (const line of typesetter.wrap(texts.summaryOf[count], textStyle.tileLabel, width - 12).slice(0, 2)) {
      flow.at(line, x + 6, y);
      y += line.style.leading;
    }
  }
  flow.y = top + 48;
  const statuses = (summary.statuses ?? []).map(({ status, count }) => `${status}: ${numberText(count, texts)}`);
  if (statuses.length === 0) return;
  flow.space(8);
  drawFact(flow, texts.resultingStatuses, statuses.join('\n'));
}
