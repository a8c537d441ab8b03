import { LIMITS } from '../kit/limits.ts';

/** What the form asks for; an import may bring longer texts and more structures. */
const NAME = 120;
const DESCRIPTION = 1000;

interface Details {
  name: string;
  description: string;
  structures: readonly string[];
}

/** How long the form's texts may be: never shorter than what is there already, as far as Slack allows. */
export function formLimits(before: Pick<Details, 'name' | 'description'> | null): {
  name: number;
  description: number;
} {
  const atLeast = (usual: number, text = '') => Math.min(LIMITS.inputText, Math.max(usual, text.length));
  return { name: atLeast(NAME, before?.name), description: atLeast(DESCRIPTION, before?.description) };
}

/** What is saved: what the form could not show for its length stays as it was. */
export function editedDetails(before: Details, typed: Details): Details {
  const shown = before.description.slice(0, LIMITS.inputText);
  const unshown = before.description.slice(LIMITS.inputText);
  return {
    name: typed.name,
    description: typed.description === shown.trim() ? before.description : typed.description + unshown,
    structures: [...new Set([...typed.structures, ...before.structures.slice(LIMITS.options)])],
  };
}
