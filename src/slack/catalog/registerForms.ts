import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PLAIN_LEVEL } from '../../engine/core/catalogEntry.ts';
import { EngineError, type EngineErrorCode, type EngineErrors } from '../../engine/errors.ts';
import { applicationForm, checkChange, permissionForm, structureForm } from '../../engine/readModels/catalogForms.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { draftsOf } from '../kit/drafts.ts';
import { errorText } from '../kit/errorText.ts';
import type { FeatureKit } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { type CatalogState, SCREENS, type ScreenState } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { truncate } from '../kit/text.ts';
import { CatalogDraft, changeOf } from './formDraft.ts';
import { loadFacts } from './formFacts.ts';
import { formView, structureOption, topOption } from './formView.ts';
import { readForm } from './readForm.ts';
import { saveChange } from './saveChange.ts';

/** What an error beside a field may be long. */
const LONGEST_ERROR = 500;

/** The field that a refusal is about; what is about none ends the form. */
const FIELDS: Partial<Record<EngineErrorCode, string>> = {
  key_taken: ACTIONS.catalogKey,
  nothing_changed: ACTIONS.catalogName,
  structure_not_found: ACTIONS.catalogParent,
  structure_retired: ACTIONS.catalogParent,
  structure_cycle: ACTIONS.catalogParent,
};
const ENTRY_FIELDS: Record<EngineErrors['invalid_entry']['field'], string> = {
  key: ACTIONS.catalogKey,
  name: ACTIONS.catalogName,
  levels: ACTIONS.catalogLevels,
  entryKey: ACTIONS.catalogEntryKey,
  entryName: ACTIONS.catalogEntryName,
};

/** Opens a form about an entry, or for a new structure below one. */
export interface OpenForm {
  edit(interaction: Interaction, kind: 'application' | 'permission' | 'structure', id: number): Promise<void>;
  below(interaction: Interaction, structureId: number): Promise<void>;
}

/** Forms of applications, permissions and structures: what was typed is kept, and refused beside the field. */
export function registerForms({ engine, screens, listeners, onOperation }: FeatureKit): OpenForm {
  const drafts = draftsOf(engine, 'catalog_form', CatalogDraft);

  screens.register(SCREENS.catalogForm, async (identity, { draft: id, revision, blocked }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'manage_catalog');
    const draft = await drafts.get(identity, id);
    const { facts } = await loadFacts(engine, texts, actor, draft);
    const refusal = blocked ? await refusalOf(identity, draft) : null;
    return formView(texts, actor, { draft, facts, refusal, revision });
  });

  async function refusalOf({ actor }: Identity, draft: CatalogDraft): Promise<EngineErrors['in_use'] | null> {
    try {
      await checkChange(engine, actor, changeOf(draft));
      return null;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'in_use') return error.details as EngineErrors['in_use'];
      throw error;
    }
  }

  async function open({ identity, stage, view }: Interaction, draft: CatalogDraft): Promise<void> {
    const base = baseOf(getState(SCREENS.catalog, view));
    const id = randomUUID();
    await drafts.save(identity, id, draft);
    await stage.show(SCREENS.catalogForm, { draft: id, revision: 0, blocked: false, base });
  }

  const newStructure = (parentId: number | null): CatalogDraft => ({
    ...{ kind: 'new_structure', key: '', name: '', parentId },
  });
  listeners.action(
    ACTIONS.catalogNew,
    {
      opens: true,
      value: z.object({
        kind: z.enum(['application', 'permission', 'structure']),
        parent: z.number().int().nullable(),
      }),
    },
    async (interaction, { kind, parent }) => {
      const { actor } = interaction.identity;
      requireMay(actor, 'manage_catalog');
      if (kind === 'structure') return open(interaction, newStructure(parent));
      if (kind === 'application' || parent === null) {
        return open(interaction, { kind: 'new_application', key: '', name: '', entryKey: '', entryName: '' });
      }
      const { shown } = await permissionForm(engine, actor, { applicationId: parent });
      const terms = { name: '', levels: PLAIN_LEVEL, scope: 'none' as const, main: false };
      return open(interaction, { kind: 'new_permission', applicationId: parent, shown, key: '', ...terms });
    },
  );

  async function edit(interaction: Interaction, kind: 'application' | 'permission' | 'structure', id: number) {
    const { actor } = interaction.identity;
    if (kind === 'application') {
      const { application, shown } = await applicationForm(engine, actor, id);
      return open(interaction, { kind, id, shown, name: application.name });
    }
    if (kind === 'structure') {
      const { structure, parent, shown } = await structureForm(engine, actor, id);
      return open(interaction, { kind, id, shown, name: structure.name, parentId: parent?.id ?? null });
    }
    const { permission, shown } = await permissionForm(engine, actor, { permissionId: id });
    if (!permission) throw new EngineError('permission_not_found', { wanted: String(id) });
    const { name, levels, scope, main } = permission;
    return open(interaction, { kind, id, shown, name, levels: levels.join('\n'), scope, main });
  }
  listeners.action(
    ACTIONS.catalogEdit,
    { opens: true, value: z.object({ id: z.number().int() }) },
    (interaction, { id }) => edit(interaction, 'application', id),
  );

  listeners.suggestions(ACTIONS.catalogParent, async ({ actor, texts }, typed) => {
    const { structures } = await searchAs(engine, actor).structures(typed, { offset: 0, limit: 99 });
    return [...(typed === '' ? [topOption(texts)] : []), ...structures.map(structureOption)];
  });

  /** The answer to a form that cannot be saved as it is: beside the field, or in the form with what is in the way. */
  async function refuse(
    identity: Identity,
    state: ScreenState<typeof SCREENS.catalogForm>,
    error: EngineError,
  ): Promise<Submitted> {
    const { texts, actor } = identity;
    const words = errorText(texts, error, () => undefined);
    if (error.code === 'in_use') {
      const again = { ...state, revision: state.revision + 1, blocked: true };
      return { drawn: await screens.draw(identity, SCREENS.catalogForm, again) };
    }
    if (error.code === 'plan_changed') {
      // What is there now is told, and the next save is meant to replace it
      const draft = await drafts.get(identity, state.draft);
      const { shown, now } = await loadFacts(engine, texts, actor, draft);
      await drafts.save(identity, state.draft, 'shown' in draft ? { ...draft, shown } : draft);
      return { errors: { [ACTIONS.catalogName]: truncate(texts.catalog.form.meanwhile(now), LONGEST_ERROR) } };
    }
    const field =
      error.code === 'invalid_entry'
        ? ENTRY_FIELDS[(error.details as EngineErrors['invalid_entry']).field]
        : FIELDS[error.code];
    if (field === undefined) throw error;
    return { errors: { [field]: truncate(words, LONGEST_ERROR) } };
  }

  listeners.submission(SCREENS.catalogForm, async ({ identity, stage, values, whisper }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    requireMay(actor, 'manage_catalog');
    const draft = await drafts.change(identity, state.draft, (current) => readForm(current, values));
    const change = changeOf(draft);
    try {
      await checkChange(engine, actor, change);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return refuse(identity, state, error);
    }
    return {
      close: true,
      work: async () => {
        const { note, applicationId } = await saveChange(engine, texts, { actor, key: state.draft }, change);
        onOperation();
        const application = applicationId === undefined ? state.base.application : { id: applicationId, page: 0 };
        if (!(await stage.refreshBelow(SCREENS.catalog, { ...state.base, application, note }))) await whisper(note);
      },
    };
  });

  return { edit, below: (interaction, structureId) => open(interaction, newStructure(structureId)) };
}

/** The window below, as it will be drawn again; what it said once is not said again. */
export function baseOf(state: CatalogState): CatalogState {
  return { ...state, note: undefined };
}
