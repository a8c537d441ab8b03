import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CellChoices, SYNC_CONTROLS, SYNCABLE, type SyncControl } from '../../engine/core/cellChoices.ts';
import { DRIFT_KINDS } from '../../engine/core/driftKind.ts';
import { STATUS_KINDS, type StatusKind } from '../../engine/core/statusTable.ts';
import type { SyncFilter } from '../../engine/readModels/sync.ts';

const Kind = z.enum(STATUS_KINDS as [StatusKind, ...StatusKind[]]);

/** A sync under way: what was pressed, and what the list shows. It is kept until it is confirmed or begun anew. */
export const SyncDraft = z.object({
  /** Key of the operation; a new one for every sync, so that one confirmation is applied once. */
  key: z.uuid(),
  control: z.enum(['defaults', 'eligible', 'divergent', 'none', 'filter']),
  /** What the control chose: of some statuses, who fits a search. */
  kinds: z.array(Kind),
  text: z.string(),
  exceptions: z.array(z.object({ userId: z.number().int(), permissionId: z.number().int(), chosen: z.boolean() })),
  /** One status, what differs from the package, what changed since it was last looked at, or everything. */
  shown: z.union([Kind, z.enum(['all', 'changed', 'drift'])]),
  search: z.string(),
  /** The plan last shown, of how many people it is and how many have less by it, and the latest operation then. */
  planHash: z.string(),
  people: z.number().int(),
  losing: z.number().int().default(0),
  seenOperationId: z.number().int(),
});

export type SyncDraft = z.infer<typeof SyncDraft>;

/** A sync with the default choices of DOMAIN 4, and everything shown. */
export function startSync(): SyncDraft {
  return {
    ...{ key: randomUUID(), ...controlled('defaults'), shown: 'all', search: '' },
    ...{ planHash: '', people: 0, losing: 0, seenOperationId: 0 },
  };
}

function controlled(control: SyncControl): Pick<SyncDraft, 'control' | 'kinds' | 'text' | 'exceptions'> {
  return { control, kinds: [...SYNC_CONTROLS[control]], text: '', exceptions: [] };
}

/** The draft after a control was pressed; `filter` chooses only what the list shows. Single decisions begin anew. */
export function pressControl(draft: SyncDraft, control: SyncDraft['control']): SyncDraft {
  if (control !== 'filter') return { ...draft, ...controlled(control) };
  const kinds = SYNCABLE.filter((kind) => ['all', 'drift', kind].includes(draft.shown));
  return { ...draft, control, kinds, text: draft.search, exceptions: [] };
}

/** What a draft chooses, for the engine. */
export function choicesOf({ kinds, text, exceptions }: SyncDraft): CellChoices {
  return { kinds, text, exceptions };
}

/** What a draft's list shows, for the engine. */
export function filterOf({ shown, search, seenOperationId }: SyncDraft): SyncFilter {
  return {
    kinds: shown === 'all' || shown === 'changed' ? null : shown === 'drift' ? DRIFT_KINDS : [shown],
    text: search,
    changedSince: shown === 'changed' ? seenOperationId : null,
  };
}

/** Whether somebody decided anything in it: only then is it worth saying that it goes on. */
export function isTouched({ control, exceptions }: SyncDraft): boolean {
  return control !== 'defaults' || exceptions.length > 0;
}
