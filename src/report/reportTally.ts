import { ReportError } from './reportError.ts';
import type { AssignmentReport, ReportCell, ReportMembership, ReportPermission, ReportPerson } from './reportModel.ts';
import { paramCodes } from './reportWording.ts';

/** A cell with the permission it is about. */
export interface KnownCell {
  readonly cell: ReportCell;
  readonly permission: ReportPermission;
}

/** Counts the people as they pass, so that a summary that does not hold is never filed; collects the legend's codes. */
export class ReportTally {
  readonly structureCodes = new Set<string>();
  readonly #report: AssignmentReport;
  readonly #permissions: ReadonlyMap<string, ReportPermission>;
  readonly #members: Record<ReportMembership, number> = { assigned: 0, reassigned: 0, founder: 0, unchanged: 0 };
  #people = 0;
  #written = 0;
  #kept = 0;

  constructor(report: AssignmentReport) {
    this.#report = report;
    this.#permissions = new Map(report.permissions.map((permission) => [permission.id, permission]));
    for (const { param } of report.permissions) this.#collect(param);
  }

  /** The person's cells, each with its permission. */
  add(person: ReportPerson): KnownCell[] {
    this.#people += 1;
    this.#members[person.membership] += 1;
    return person.cells.map((cell) => {
      const permission = this.#permissions.get(cell.permissionId);
      if (!permission) {
        throw new ReportError('report_permission_unknown', { person: person.code, permissionId: cell.permissionId });
      }
      if (cell.decision === 'written' || cell.decision === 'keep_package') this.#written += 1;
      if (cell.decision === 'keep_original') this.#kept += 1;
      if (cell.before.kind !== 'nothing') this.#collect(cell.before.param);
      return { cell, permission };
    });
  }

  /** Throws where the people who passed are not those whom the summary counts. */
  check(): void {
    const { people, assigned, reassigned, founders, unchanged, written, kept } = this.#report.summary;
    const told = { people, assigned, reassigned, founders, unchanged, written, kept };
    const { founder, ...others } = this.#members;
    const found = {
      people: this.#people,
      ...others,
      founders: founder,
      written: this.#written,
      kept: this.#kept,
    } satisfies typeof told;
    const differs = (Object.keys(told) as (keyof typeof told)[]).filter((count) => told[count] !== found[count]);
    if (differs.length > 0) throw new ReportError('report_counts_differ', { differs, told, found });
  }

  #collect(param: string): void {
    for (const code of paramCodes(param)) this.structureCodes.add(code);
  }
}
