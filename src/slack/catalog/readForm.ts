import { ENTRY_KEY } from '../../engine/core/catalogEntry.ts';
import { ACTIONS } from '../kit/ids.ts';
import { blockOf, chosenOption, chosenOptions, typedText, type Values } from '../kit/payloads.ts';
import type { CatalogDraft } from './formDraft.ts';

/** A form with what stands in its inputs now. */
export function readForm(draft: CatalogDraft, values: Values): CatalogDraft {
  const name = typedIn(values, ACTIONS.catalogName);
  switch (draft.kind) {
    case 'new_application': {
      const entryName = typedIn(values, ACTIONS.catalogEntryName);
      const entryKey = typedIn(values, ACTIONS.catalogEntryKey) || ENTRY_KEY;
      return { ...draft, key: typedIn(values, ACTIONS.catalogKey), name, entryName, entryKey };
    }
    case 'application':
      return { ...draft, name };
    case 'new_permission':
      return { ...draft, key: typedIn(values, ACTIONS.catalogKey), name, ...readTerms(draft, values) };
    case 'permission':
      return { ...draft, name, ...readTerms(draft, values) };
    case 'new_structure':
      return { ...draft, key: typedIn(values, ACTIONS.catalogKey), name, parentId: readParent(values) };
    case 'structure':
      return { ...draft, name, parentId: readParent(values) };
    default:
      return draft satisfies never;
  }
}

/**
 * What was typed; what the database cannot store stands as a sign that no entry takes, and is refused beside the field.
 */
function typedIn(values: Values, actionId: string): string {
  return typedText(values, actionId).replace(/\0|\p{Cs}/gu, '\u0001');
}

function readTerms(draft: Extract<CatalogDraft, { levels: string }>, values: Values) {
  // Values that were too long to be asked for stay as they are
  const isAsked = blockOf(values, ACTIONS.catalogLevels) !== undefined;
  const scope = chosenOption(values, ACTIONS.catalogScope) === 'structures' ? 'structures' : 'none';
  return {
    levels: isAsked ? typedIn(values, ACTIONS.catalogLevels) : draft.levels,
    scope: scope as typeof draft.scope,
    main: chosenOptions(values, ACTIONS.catalogMain).includes('main'),
  };
}

/** The chosen structure; null for the top. What is no id is of no structure, and the engine says so. */
function readParent(values: Values): number | null {
  const chosen = chosenOption(values, ACTIONS.catalogParent) ?? '0';
  if (chosen === '0') return null;
  return /^\d{1,10}$/.test(chosen) ? Number(chosen) : -1;
}
