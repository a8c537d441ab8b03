import { drawFact } from './frontMatter.ts';
import type { PageFlow } from './pageFlow.ts';
import { page, textStyle } from './pageStyle.ts';
import type { AssignmentReport } from './reportModel.ts';
import { numberText } from './reportWording.ts';

const maximumLegend = 150;
const legendColumns = 2;

/** Which structure each code of the report means; only the first ones, by code, where there are very many. */
export function drawLegend(flow: PageFlow, codes: ReadonlySet<string>, names: Readonly<Record<string, string>>): void {
  if (codes.size === 0) return;
  const { texts, typesetter } = flow;
  const listed = [...codes].sort().slice(0, maximumLegend);
  const gap = 16;
  const width = (page.bodyWidth - gap * (legendColumns - 1)) / legendColumns;
  const entries = listed.map((code) => {
    const name = Object.hasOwn(names, code) ? names[code] : undefined;
    return typesetter.wrap(name ? `${code} · ${name}` : code, textStyle.body, width);
  });
  flow.heading(texts.structures, textStyle.body.leading * 2);
  for (let start = 0; start < entries.length; start += legendColumns) {
    const row = entries.slice(start, start + legendColumns);
    const height = Math.max(...row.map((lines) => lines.length)) * textStyle.body.leading;
    flow.ensure(height);
    const top = flow.y;
    for (const [column, lines] of row.entries()) {
      flow.y = top;
      flow.lines(lines, page.left + column * (width + gap));
    }
    flow.y = top + height;
  }
  const more = codes.size - listed.length;
  if (more > 0) flow.paragraph(texts.moreStructures(numberText(more, texts)), textStyle.note);
}

/** What proves that the report is the one that was made. Kept on one page. */
export function drawVerification(flow: PageFlow, report: AssignmentReport): void {
  const { texts } = flow;
  flow.heading(texts.verification, 90);
  drawFact(flow, texts.auditRecord, String(report.auditRecord.sequence), true);
  drawFact(flow, texts.auditHash, report.auditRecord.hash);
  drawFact(flow, texts.planHash, report.planHash);
  flow.space(3);
  flow.paragraph(texts.verificationNote, textStyle.note);
}
