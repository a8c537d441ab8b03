import { z } from 'zod';

/** A permission being added to a package: what is chosen so far, and what the structure filter shows. */
export const AddPermissionDraft = z.object({
  number: z.number().int(),
  applicationId: z.number().int().nullable(),
  permissionId: z.number().int().nullable(),
  value: z.string().nullable(),
  /** Structure codes, or `['*']`. */
  structures: z.array(z.string()),
  filter: z.string(),
  page: z.number().int().min(0),
});

export type AddPermissionDraft = z.infer<typeof AddPermissionDraft>;

/** A draft with nothing chosen. */
export function emptyDraft(number: number): AddPermissionDraft {
  return { number, applicationId: null, permissionId: null, value: null, structures: [], filter: '', page: 0 };
}

/** The selection after the boxes of one page were changed: codes on the page follow the boxes, others stay. */
export function checkOnPage(
  draft: AddPermissionDraft,
  onPage: readonly string[],
  checked: readonly string[],
): string[] {
  const elsewhere = draft.structures.filter((code) => !onPage.includes(code));
  return [...elsewhere, ...checked.filter((code) => onPage.includes(code))];
}

/** The selection with everything that the filter shows added. */
export function addAll(draft: AddPermissionDraft, shown: readonly string[]): string[] {
  return [...new Set([...draft.structures.filter((code) => code !== '*'), ...shown])];
}
