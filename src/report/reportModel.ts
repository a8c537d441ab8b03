/**
 * What an assignment report says, for one person or for many: plain data, complete, and enough by itself.
 * The same data makes the same document, byte for byte, so everything a reader must be able to check later
 * (names, values, wording of badges, the moment) is in it as it was when the operation was applied.
 */
export type ReportLocale = 'en' | 'es';

type PackageTag = `package:${number}`;

export interface ReportParty {
  /** Personal code. */
  readonly code: string;
  readonly name: string;
}

interface ReportStructure {
  readonly code: string;
  readonly name: string;
}

interface ReportPackage {
  readonly number: number;
  readonly name: string;
  readonly description: string;
  /** Reference structures: information, not a restriction. */
  readonly structures: readonly ReportStructure[];
}

/** A live permission of the package with what the package gives. */
export interface ReportPermission {
  /** What the cells refer to; unique in the report, never printed. */
  readonly id: string;
  readonly application: string;
  readonly name: string;
  readonly main: boolean;
  readonly value: string;
  /** Canonical parameter: '' none, '*' all structures, otherwise structure codes, sorted and joined by ','. */
  readonly param: string;
  /** Whether the permission has a parameter at all (scope `structures`). */
  readonly structured: boolean;
}

export interface ReportSummary {
  readonly people: number;
  /** The next four add up to `people`. */
  readonly assigned: number;
  readonly reassigned: number;
  readonly founders: number;
  readonly unchanged: number;
  /** Cells that the operation wrote: decisions `written` and `keep_package`. */
  readonly written: number;
  /** Cells left as they were by a Keep Original. */
  readonly kept: number;
  /** Optional: how many cells ended in each status, worded as in the cells, in the order to print. */
  readonly statuses?: readonly { readonly status: string; readonly count: number }[];
}

export interface AssignmentReport {
  readonly kind: 'assignment';
  readonly locale: ReportLocale;
  /** IANA name, for example `Europe/Madrid`. */
  readonly timeZone: string;
  readonly organization: { readonly name: string };
  readonly package: ReportPackage;
  /** Null when nobody pressed a button: printed as "System". */
  readonly assignedBy: ReportParty | null;
  /** Empty when no approval was required. */
  readonly approvedBy: readonly ReportParty[];
  readonly at: Date;
  /** The last day, such as `2026-12-12`; null or absent where it lasts. */
  readonly until?: string | null;
  readonly planHash: string;
  readonly auditRecord: { readonly sequence: number; readonly hash: string };
  /** In the order of the package. */
  readonly permissions: readonly ReportPermission[];
  /** Structure code → name, for the legend. Codes that are not here are listed without a name. */
  readonly structureNames: Readonly<Record<string, string>>;
  /** Sentences, already worded in the report's language. */
  readonly warnings: readonly string[];
  readonly summary: ReportSummary;
}

export type ReportSource = 'manual' | PackageTag;

/** What the person had for this permission before the operation. */
export type ReportBefore =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'active'; readonly value: string; readonly param: string; readonly source: ReportSource }
  | {
      readonly kind: 'inactive';
      readonly value: string;
      readonly param: string;
      readonly source: ReportSource;
      readonly reason: 'manual' | 'unassignment' | 'removal';
    }
  | { readonly kind: 'profile' | 'rule'; readonly name: string; readonly value: string; readonly param: string };

/** `written`: there was no conflict. `none`: nothing was to be decided or written (founder, already a member). */
export type ReportDecision = 'written' | 'keep_package' | 'keep_original' | 'none';

export interface ReportCell {
  readonly permissionId: string;
  readonly before: ReportBefore;
  readonly decision: ReportDecision;
  /** The badge of the resulting status, already worded: "Active", "Divergent (Value)", "Founder" … */
  readonly status: string;
}

export type ReportMembership = 'assigned' | 'reassigned' | 'founder' | 'unchanged';

export interface ReportPerson extends ReportParty {
  readonly membership: ReportMembership;
  /**
   * One per permission of the report, in its order; empty where there is nothing to tell (a founder in a long list).
   */
  readonly cells: readonly ReportCell[];
}

/** Any iterable, also one that can be read only once: the renderer goes through it exactly once, in order. */
export type ReportPeople = AsyncIterable<ReportPerson> | Iterable<ReportPerson>;
