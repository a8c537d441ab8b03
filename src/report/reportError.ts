type ReportErrorCode = 'report_counts_differ' | 'report_permission_unknown';

/** The report cannot be made as it was asked for: its facts contradict each other. */
export class ReportError extends Error {
  readonly code: ReportErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ReportErrorCode, details: Readonly<Record<string, unknown>>) {
    super(`${code}: ${JSON.stringify(details)}`);
    this.name = 'ReportError';
    this.code = code;
    this.details = details;
  }
}
