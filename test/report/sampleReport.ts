import { buffer } from 'node:stream/consumers';
import { renderAssignmentReport } from '../../src/report/renderAssignmentReport.ts';
import type {
  AssignmentReport,
  ReportCell,
  ReportPeople,
  ReportPermission,
  ReportPerson,
  ReportSummary,
} from '../../src/report/reportModel.ts';
import { type PdfText, readPdf } from '../support/pdfText.ts';

export function permissionOf(number: number, changes: Partial<ReportPermission> = {}): ReportPermission {
  return {
    id: `permission-${number}`,
    application: 'Student Registry',
    name: `Permission ${number}`,
    main: false,
    value: 'edit',
    param: 'FENG,FHUM',
    structured: true,
    ...changes,
  };
}

export function permissionsOf(count: number): ReportPermission[] {
  return Array.from({ length: count }, (_, index) => permissionOf(index));
}

export function cellOf(permission: ReportPermission, changes: Partial<ReportCell> = {}): ReportCell {
  return {
    permissionId: permission.id,
    before: { kind: 'nothing' },
    decision: 'written',
    status: 'Active',
    ...changes,
  };
}

/** A person with a cell for each permission, all written without conflict. */
export function personOf(
  number: number,
  permissions: readonly ReportPermission[],
  changes: Partial<ReportPerson> = {},
): ReportPerson {
  return {
    code: `P${1000 + number}`,
    name: `Person ${number}`,
    membership: 'assigned',
    cells: permissions.map((permission) => cellOf(permission)),
    ...changes,
  };
}

export function summaryOf(people: readonly ReportPerson[]): ReportSummary {
  const members = (membership: string) => people.filter((person) => person.membership === membership).length;
  const decisions = people.flatMap(({ cells }) => cells.map(({ decision }) => decision));
  return {
    people: people.length,
    assigned: members('assigned'),
    reassigned: members('reassigned'),
    founders: members('founder'),
    unchanged: members('unchanged'),
    written: decisions.filter((decision) => decision === 'written' || decision === 'keep_package').length,
    kept: decisions.filter((decision) => decision === 'keep_original').length,
  };
}

export function reportOf(
  permissions: readonly ReportPermission[],
  people: readonly ReportPerson[],
  changes: Partial<AssignmentReport> = {},
): AssignmentReport {
  return {
    kind: 'assignment',
    locale: 'en',
    timeZone: 'Europe/Madrid',
    organization: { name: 'Universitat del Litoral' },
    package: {
      number: 12,
      name: 'Registry clerk',
      description: 'Front-office registry work',
      structures: [{ code: 'REG', name: 'Registry' }],
    },
    assignedBy: { code: 'P1001', name: 'Dávid Nguyễn' },
    approvedBy: [{ code: 'P1005', name: 'Àlex Puig i Ferrer' }],
    at: new Date('2026-11-22T13:05:00Z'),
    planHash: '3f2a9c1b4d5e6f708192a3b4c5d6e7f83f2a9c1b4d5e6f708192a3b4c5d6e7f8',
    auditRecord: { sequence: 4213, hash: '9b1c0e7a55aa41b2c3d4e5f60718293a4b5c6d7e8f9001122334455667788990' },
    permissions,
    structureNames: { FENG: 'Faculty of Engineering', FHUM: 'Faculty of Humanities', REG: 'Registry' },
    warnings: [],
    summary: summaryOf(people),
    ...changes,
  };
}

export async function renderBytes(report: AssignmentReport, people: ReportPeople): Promise<Buffer> {
  return buffer(renderAssignmentReport(report, people));
}

/** The text of the report about these people. */
export async function renderText(
  permissions: readonly ReportPermission[],
  people: readonly ReportPerson[],
  changes: Partial<AssignmentReport> = {},
): Promise<PdfText> {
  return readPdf(await renderBytes(reportOf(permissions, people, changes), people));
}
