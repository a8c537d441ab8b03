import type { AccessScope } from '../../persistence/accessDifference.ts';
import type { Transaction } from '../../persistence/database.ts';
import type { Json } from '../core/canonicalJson.ts';
import type { SourceAbout } from '../core/sourceChange.ts';

/**
 * A change of a profile, a rule or a group, checked against what is stored: what it concerns, and how it is written.
 */
export interface PlannedSource {
  about: SourceAbout;
  /** Whom it concerns and what they may win or lose; nobody where it is known that no access depends on it. */
  scope: Omit<AccessScope, 'organizationId'>;
  /** For the audit trail, in full: what is deleted stands there alone. */
  subject: { [name: string]: Json };
  before: Json;
  after: Json;
  /** Writes it. @returns the id of the profile, rule or group. */
  write: (transaction: Transaction) => Promise<number>;
}

/** What a change is about, where most of it does not apply. */
export function aboutOf(name: string, more: Partial<SourceAbout> = {}): SourceAbout {
  const nothing = { renamed: null, application: null, permission: null, audience: null, userGroup: null };
  return { name, ...nothing, joining: 0, leaving: 0, already: 0, unmatched: 0, ...more };
}

/** Nobody's access. */
export const NOBODY: PlannedSource['scope'] = { audiences: [], permissionIds: [] };
