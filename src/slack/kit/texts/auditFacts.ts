/** What a sentence of the audit trail is made of, worded and escaped already. */
export interface AuditFacts {
  /** Who did it: "Ana Ruiz (P1002)", or the command line. */
  by: string;
  /** "package:3 Registrars". */
  package: string;
  /** The package that another was made a copy of. */
  original: string;
  /** Whom it concerns: the one by name, or how many. */
  people: string;
  /** Whether they are several. */
  several: boolean;
  /** The one person whom it is about. */
  person: string;
  permission: string;
  /** The one permission that was synced; null where all were. */
  synced: string | null;
  application: string;
  structure: string;
  profile: string;
  rule: string;
  group: string;
  organization: string;
  /** The Slack user group that a group follows; null where it follows none. */
  userGroup: string | null;
  /** Value and parameter before and after. */
  valueBefore: string;
  value: string;
  /** The last day of what is for a time; null where it lasts. */
  until: string | null;
  /** What was done by hand. */
  change: string;
  /** Who stops being a founder, and who becomes one. */
  founderFrom: string | null;
  founderTo: string | null;
  /** What was undone, in words. */
  undone: string;
}

/** A sentence of the audit trail. */
export type AuditSentence = (facts: AuditFacts) => string;
