import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { applicationForm, permissionForm, structureForm } from '../../engine/readModels/catalogForms.ts';
import type { Texts } from '../kit/texts/index.ts';
import type { CatalogDraft } from './formDraft.ts';
import type { FormFacts } from './formView.ts';

/** What is stored of what a form is about, its hash, and that in words. */
export interface Stored {
  facts: FormFacts;
  shown: string;
  now: string;
}

/** Loads what a form shows besides what was typed. Needs `manage_catalog`. @throws where what it is about is gone. */
export async function loadFacts(
  engine: EngineContext,
  texts: Texts,
  actor: Actor,
  draft: CatalogDraft,
): Promise<Stored> {
  const words = texts.catalog.form;
  switch (draft.kind) {
    case 'new_application':
      return { facts: { kind: 'application', key: null }, shown: '', now: '' };
    case 'application': {
      const { application, shown } = await applicationForm(engine, actor, draft.id);
      return { facts: { kind: 'application', key: application.key }, shown, now: application.name };
    }
    case 'new_permission':
    case 'permission': {
      const { kind } = draft;
      const wanted = kind === 'permission' ? { permissionId: draft.id } : { applicationId: draft.applicationId };
      const form = await permissionForm(engine, actor, wanted);
      const { permission, main, shown } = form;
      const isMain = permission?.main ?? false;
      const now = [
        ...(permission ? [permission.name, permission.levels.join(' < '), words.scopes[permission.scope]] : []),
        ...(isMain ? [words.isMain] : main ? [words.mainMeanwhile(main.name)] : [texts.catalog.noMain]),
      ];
      return { facts: { kind: 'permission', form }, shown, now: now.join('; ') };
    }
    case 'new_structure': {
      const parent = await parentOf(engine, actor, draft.parentId);
      return { facts: { kind: 'structure', code: null, parent }, shown: '', now: '' };
    }
    case 'structure': {
      const { structure, parent, shown } = await structureForm(engine, actor, draft.id);
      const chosen = await parentOf(engine, actor, draft.parentId);
      const place = parent ? `${words.parent} ${parent.code}` : words.top;
      const facts = { kind: 'structure' as const, code: structure.code, parent: chosen };
      return { facts, shown, now: `${structure.name}; ${place}` };
    }
    default:
      return draft satisfies never;
  }
}

async function parentOf(engine: EngineContext, actor: Actor, parentId: number | null) {
  return parentId === null ? null : (await structureForm(engine, actor, parentId)).structure;
}
