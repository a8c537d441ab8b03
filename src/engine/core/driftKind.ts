import type { EffectiveAccess } from './effectiveAccess.ts';
import type { Status, StatusFacts } from './status.ts';
import { STATUS_KINDS, type StatusKind } from './statusTable.ts';

/** What a drift is about: what the person can really do, or only where it comes from (DOMAIN 1). */
export type DriftKind = 'access' | 'source';

/** The statuses of a live permission that are drift. */
export const DRIFT_KINDS: readonly StatusKind[] = STATUS_KINDS.filter(
  (kind) => kind !== 'active' && kind !== 'founder',
);

/**
 * Whether a cell has drifted: a live permission of an active package that is not Active (nor Founder) for an active
 * member who has not left. `access` is what the person effectively has of the permission; null: nothing.
 */
export function driftKind(
  { package: { state }, assignment, left, permission }: StatusFacts,
  { kind }: Pick<Status, 'kind'>,
  access: EffectiveAccess | null,
): DriftKind | null {
  if (state !== 'active' || assignment !== 'active' || !permission.live) return null;
  // To whom has left nothing is given: there is nothing to bring back in line
  if (left !== null) return null;
  if (kind === 'active' || kind === 'founder') return null;
  return access?.value === permission.value && access.param === permission.param ? 'source' : 'access';
}
