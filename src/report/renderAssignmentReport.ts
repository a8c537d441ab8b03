import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { drawLegend, drawVerification } from './backMatter.ts';
import { drawBand, drawFacts, drawOnePerson, drawSummary, drawWarnings } from './frontMatter.ts';
import { PageFlow } from './pageFlow.ts';
import { textStyle } from './pageStyle.ts';
import { PdfCanvas, readFonts } from './pdfCanvas.ts';
import { drawPackagePermissions, drawPersonSection, drawPersonTable, membershipNote } from './permissionTables.ts';
import type { AssignmentReport, ReportPeople, ReportPerson } from './reportModel.ts';
import { type KnownCell, ReportTally } from './reportTally.ts';
import { type ReportTexts, reportTexts } from './reportTexts.ts';
import { partyText } from './reportWording.ts';
import type { DocumentFacts } from './reproduciblePdf.ts';
import { Typesetter } from './typesetter.ts';

const maximumBookmarkedPeople = 500;
const chunkBytes = 64 * 1024;
/** Milliseconds of layout after which the event loop gets a turn. */
const longestTurn = 10;

/**
 * The assignment report as a PDF, a stream of its bytes. `people` is read once, in order, no faster than the stream
 * is consumed, and nothing of it is kept. The same report and people make the same bytes.
 *
 * The stream is destroyed with a ReportError when the people are not those that the summary counts, or a cell names
 * a permission that the report lacks: what came out until then is no report and must be thrown away.
 */
export function renderAssignmentReport(report: AssignmentReport, people: ReportPeople): Readable {
  return Readable.from(render(report, people), { objectMode: false, highWaterMark: chunkBytes });
}

async function* render(report: AssignmentReport, people: ReportPeople): AsyncGenerator<Buffer> {
  const texts = reportTexts[report.locale];
  const canvas = new PdfCanvas(documentFacts(report, texts), await readFonts());
  const typesetter = new Typesetter(canvas.faces);
  const flow = new PageFlow(canvas, typesetter, texts, runningTexts(report, texts));
  const tally = new ReportTally(report);
  let turnBegan = performance.now();

  for await (const steps of drawReport(flow, report, people, tally)) {
    for (const _ of steps) {
      const written = canvas.take(chunkBytes);
      if (written) yield written;
      if (performance.now() - turnBegan < longestTurn) continue;
      await nextTurn();
      turnBegan = performance.now();
    }
  }
  const end = canvas.take(0);
  if (end) yield end;
}

/** The report from top to bottom, in pieces that draw themselves step by step. */
async function* drawReport(
  flow: PageFlow,
  report: AssignmentReport,
  people: ReportPeople,
  tally: ReportTally,
): AsyncGenerator<Iterable<void>> {
  const one = report.summary.people === 1;
  flow.newPage();
  drawBand(flow, report);
  if (!one) yield openMany(flow, report);
  const bookmarked = report.summary.people <= maximumBookmarkedPeople;
  let opening = true;
  for await (const person of people) {
    const cells = tally.add(person);
    yield one ? drawOne(flow, report, person, cells) : drawPersonSection(flow, person, cells, { bookmarked, opening });
    opening = false;
  }
  tally.check();
  yield close(flow, report, tally);
}

function* openMany(flow: PageFlow, report: AssignmentReport): Generator<void> {
  drawFacts(flow, report);
  yield;
  drawSummary(flow, report);
  drawWarnings(flow, report.warnings);
  yield;
  yield* drawPackagePermissions(flow, report.permissions);
  yield* decisionNote(flow);
}

function* drawOne(
  flow: PageFlow,
  report: AssignmentReport,
  person: ReportPerson,
  cells: readonly KnownCell[],
): Generator<void> {
  drawOnePerson(flow, person);
  drawFacts(flow, report);
  yield;
  drawWarnings(flow, report.warnings);
  const note = membershipNote(person, flow.texts);
  if (note !== '') {
    flow.space(6);
    flow.paragraph(note, textStyle.body);
  }
  if (cells.length === 0) yield* drawPackagePermissions(flow, report.permissions);
  else yield* drawPersonTable(flow, cells);
  yield* decisionNote(flow);
}

function* decisionNote(flow: PageFlow): Generator<void> {
  flow.space(6);
  flow.paragraph(flow.texts.decisionNote, textStyle.note);
  yield;
}

function* close(flow: PageFlow, report: AssignmentReport, tally: ReportTally): Generator<void> {
  drawLegend(flow, tally.structureCodes, report.structureNames);
  yield;
  if (flow.typesetter.sawMissingGlyphs) {
    flow.space(6);
    flow.paragraph(flow.texts.missingGlyphs, textStyle.note);
  }
  drawVerification(flow, report);
  yield;
  yield* flow.canvas.finish(flow.typesetter.line(String(flow.canvas.pageNumber), textStyle.running));
}

function documentFacts(report: AssignmentReport, texts: ReportTexts): DocumentFacts {
  const { package: assigned, auditRecord, planHash } = report;
  const by = report.assignedBy ? partyText(report.assignedBy) : texts.system;
  return {
    title: `${texts.title}: package:${assigned.number} ${assigned.name}`,
    author: report.organization.name,
    subject: `${texts.assignedBy}: ${by}`,
    keywords: `${texts.planHash} ${planHash}; ${texts.auditRecord} ${auditRecord.sequence} ${auditRecord.hash}`,
    language: report.locale,
    createdAt: report.at,
  };
}

function runningTexts(report: AssignmentReport, texts: ReportTexts): { head: string; foot: string } {
  const { number, name } = report.package;
  return {
    head: `${report.organization.name} · ${texts.title} · package:${number} ${name}`,
    foot: `${texts.auditRecord} ${report.auditRecord.sequence} · ${texts.plan} ${report.planHash.slice(0, 16)}…`,
  };
}
