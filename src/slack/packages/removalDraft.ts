import { z } from 'zod';
import type { CellChoices } from '../../engine/core/cellChoices.ts';

/** The removal of a permission under way: from whom it is taken, and what the list shows. */
export const RemovalDraft = z.object({
  key: z.uuid(),
  control: z.enum(['all', 'none', 'filter']),
  /** What the control chose by, where it chose what the filter showed. */
  text: z.string(),
  exceptions: z.array(z.object({ userId: z.number().int(), permissionId: z.number().int(), chosen: z.boolean() })),
  search: z.string(),
  /** Hash of the plan last shown. */
  planHash: z.string(),
});

export type RemovalDraft = z.infer<typeof RemovalDraft>;

/** What a draft chooses, for the engine: holders are all of one status, so it only matters whether there is any. */
export function removalChoices({ control, text, exceptions }: RemovalDraft): CellChoices {
  return { kinds: control === 'none' ? [] : ['active'], text, exceptions };
}

/** The draft after a control was pressed; `filter` takes only what the list shows. Single decisions begin anew. */
export function pressRemoval(draft: RemovalDraft, control: RemovalDraft['control']): RemovalDraft {
  return { ...draft, control, text: control === 'filter' ? draft.search : '', exceptions: [] };
}
