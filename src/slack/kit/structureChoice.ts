import { z } from 'zod';
import { ALL_STRUCTURES } from '../../engine/core/parameter.ts';

/** The structures chosen in a dialog so far, and what its filter shows; part of the dialog's draft. */
export const StructureChoice = z.object({
  /** Structure codes, or `['*']`. */
  structures: z.array(z.string()),
  filter: z.string(),
  page: z.number().int().min(0),
});

export type StructureChoice = z.infer<typeof StructureChoice>;

/** Nothing chosen yet, or what is there already, with everything shown. */
export function startChoice(structures: readonly string[] = []): StructureChoice {
  return { structures: [...structures], filter: '', page: 0 };
}

/** The selection after the boxes of one page were changed: codes on the page follow the boxes, others stay. */
export function checkOnPage(
  choice: StructureChoice,
  onPage: readonly string[],
  checked: readonly string[],
): StructureChoice {
  const elsewhere = choice.structures.filter((code) => !onPage.includes(code));
  return { ...choice, structures: [...elsewhere, ...checked.filter((code) => onPage.includes(code))] };
}

/** The selection with everything that the filter shows added. */
export function addAll(choice: StructureChoice, shown: readonly string[]): StructureChoice {
  const chosen = choice.structures.filter((code) => code !== ALL_STRUCTURES);
  return { ...choice, structures: [...new Set([...chosen, ...shown])] };
}
