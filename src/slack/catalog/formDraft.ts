import { z } from 'zod';
import { typedLevels } from '../../engine/core/catalogEntry.ts';
import type { CatalogChange } from '../../engine/readModels/catalogForms.ts';

const id = z.number().int();
const text = z.string();
/** The hash of what the form showed of what is stored. */
const shown = z.string();
const terms = { name: text, levels: text, scope: z.enum(['none', 'structures']), main: z.boolean() };
const placed = { name: text, parentId: id.nullable() };

/** A form of the catalogue as it was filled in, kept on the server. */
export const CatalogDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new_application'), key: text, name: text, entryKey: text, entryName: text }),
  z.object({ kind: z.literal('application'), id, shown, name: text }),
  z.object({ kind: z.literal('new_permission'), applicationId: id, shown, key: text, ...terms }),
  z.object({ kind: z.literal('permission'), id, shown, ...terms }),
  z.object({ kind: z.literal('new_structure'), key: text, ...placed }),
  z.object({ kind: z.literal('structure'), id, shown, ...placed }),
]);

export type CatalogDraft = z.infer<typeof CatalogDraft>;

/** What saving a form asks for. */
export function changeOf(draft: CatalogDraft): CatalogChange {
  switch (draft.kind) {
    case 'new_application': {
      const { kind, key, name, entryKey, entryName } = draft;
      return { kind, application: { key, name, entry: entryName === '' ? null : { key: entryKey, name: entryName } } };
    }
    case 'application':
      return { kind: draft.kind, applicationId: draft.id, shown: draft.shown, name: draft.name };
    case 'new_permission': {
      const { kind, applicationId, shown: hash, key } = draft;
      return { kind, applicationId, shown: hash, permissionKey: key, terms: termsOf(draft) };
    }
    case 'permission':
      return { kind: draft.kind, permissionId: draft.id, shown: draft.shown, terms: termsOf(draft) };
    case 'new_structure':
      return { kind: draft.kind, code: draft.key, terms: { name: draft.name, parentId: draft.parentId } };
    case 'structure': {
      const { kind, id: structureId, shown: hash, name, parentId } = draft;
      return { kind, structureId, shown: hash, terms: { name, parentId } };
    }
    default:
      return draft satisfies never;
  }
}

function termsOf({ name, levels, scope, main }: Extract<CatalogDraft, { levels: string }>) {
  return { name, levels: typedLevels(levels), scope, main };
}
