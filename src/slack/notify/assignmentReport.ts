import type { Readable } from 'node:stream';
import type { AssignmentChange, AssignmentRecord } from '../../engine/readModels/assignmentReport.ts';
import { renderAssignmentReport } from '../../report/renderAssignmentReport.ts';
import type {
  AssignmentReport,
  ReportBefore,
  ReportCell,
  ReportPerson,
  ReportSource,
} from '../../report/reportModel.ts';
import { type Texts, textsOf } from '../kit/texts/index.ts';

type StoredCell = AssignmentChange['cells'][number];

/** The PDF of an assignment, in the organization's language; the same record gives the same bytes. */
export function assignmentPdf(record: AssignmentRecord): Readable {
  const { snapshot, memberships, outcome } = record;
  const texts = textsOf(snapshot.organization.locale);
  const of = (membership: string) => memberships[membership] ?? 0;
  const report: AssignmentReport = {
    kind: 'assignment',
    locale: snapshot.organization.locale,
    timeZone: snapshot.organization.timeZone,
    organization: { name: snapshot.organization.name },
    package: snapshot.package,
    assignedBy: snapshot.assignedBy,
    approvedBy: snapshot.approvedBy,
    at: record.at,
    until: snapshot.until,
    planHash: record.planHash,
    auditRecord: record.audit,
    permissions: snapshot.permissions.map((permission) => ({ ...permission, id: String(permission.id) })),
    structureNames: snapshot.structureNames,
    warnings: snapshot.lackingMain.map(({ applicationName, mainName }) =>
      texts.report.lacksMain(applicationName, mainName),
    ),
    summary: {
      people: Object.values(memberships).reduce((sum, people) => sum + people, 0),
      assigned: of('assigned'),
      reassigned: of('reassigned'),
      founders: of('founder'),
      unchanged: of('unchanged'),
      written: outcome.written + outcome.keptPackage,
      kept: outcome.keptOriginal,
    },
  };
  return renderAssignmentReport(report, peopleOf(texts, record));
}

async function* peopleOf(texts: Texts, { people, snapshot }: AssignmentRecord): AsyncGenerator<ReportPerson> {
  const ids = snapshot.permissions.map(({ id }) => id);
  for await (const { userCode: code, userName: name, membership, cells } of people()) {
    const listed = new Map(cells.map((cell) => [cell.permission, cell]));
    const told = membership === 'assigned' || membership === 'reassigned';
    const shown = told ? ids.map((id) => toCell(texts, id, listed.get(id))) : [];
    yield { code, name, membership, cells: shown };
  }
}

/** A permission that is not listed had no row before and was granted. */
function toCell(texts: Texts, id: number, stored: StoredCell | undefined): ReportCell {
  const permissionId = String(id);
  const active = texts.badges.active();
  if (!stored) return { permissionId, before: { kind: 'nothing' }, decision: 'written', status: active };
  const kept = stored.decision === 'keep_original';
  return {
    permissionId,
    before: beforeOf(stored),
    decision: stored.decision,
    status: kept ? badge(texts, stored) : active,
  };
}

function badge(texts: Texts, stored: StoredCell): string {
  const { kind, divergence } = stored;
  const grantName = (kind === 'profile' ? stored.profile : stored.rule)?.name ?? null;
  return texts.badges[kind]({ divergence, packageNumber: stored.row?.package ?? null, grantName });
}

function beforeOf({ row, profile, rule, kind }: StoredCell): ReportBefore {
  if (kind === 'profile' && profile) return { kind: 'profile', ...profile };
  if (kind === 'rule' && rule) return { kind: 'rule', ...rule };
  if (!row) return { kind: 'nothing' };
  const source: ReportSource = row.package === null ? 'manual' : `package:${row.package}`;
  const held = { value: row.value, param: row.param, source };
  return row.active ? { kind: 'active', ...held } : { kind: 'inactive', ...held, reason: row.reason ?? 'manual' };
}
