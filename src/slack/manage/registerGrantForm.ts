import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isPlainSwitch } from '../../engine/core/manualGrant.ts';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import { EngineError } from '../../engine/errors.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { errorText } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { chosenLevel } from '../kit/levelSelect.ts';
import { noteOf, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { listenToStructures, offeredStructures, structuresShown } from '../kit/structureListeners.ts';
import type { Texts } from '../kit/texts/index.ts';
import { draftFor, type GrantDraft } from './grantDraft.ts';
import { baseOf, createGrantFlow } from './grantFlow.ts';
import { grantView } from './grantView.ts';

/** Refusals that another choice in the same form can answer. */
const CORRECTABLE = new Set(['nothing_changed', 'invalid_parameter', 'structure_retired']);

/**
 * The value and structures of one permission of one person, up to what the change will do. A plain switch needs no
 * form.
 */
export const registerGrantForm: Feature = ({ engine, screens, listeners }) => {
  const { drafts, load, planned } = createGrantFlow(engine);

  screens.register(SCREENS.grant, async (identity, { draft: id, revision, note }) => {
    const draft = await drafts.get(identity, id);
    const { person, held } = await load(identity.actor, draft);
    const isScoped = held.permission.scope === 'structures';
    const search = searchAs(engine, identity.actor);
    const structures = isScoped ? await structuresShown(search, draft) : { structures: [], total: 0 };
    return grantView(identity.texts, { person, held, draft, structures, revision, note });
  });
  listeners.action(
    ACTIONS.setGrant,
    { opens: true, value: z.object({ permissionId: z.number().int() }) },
    async ({ identity, stage, view }, target) => {
      const base = baseOf(view);
      const { held } = await load(identity.actor, { ...target, userId: base.userId });
      const draft = randomUUID();
      const begun = draftFor(base.userId, held);
      const structures = await offeredStructures(searchAs(engine, identity.actor), begun.structures);
      await drafts.save(identity, draft, { ...begun, structures });
      if (!isPlainSwitch(held.permission)) return stage.show(SCREENS.grant, { draft, revision: 0, base });
      const change = { kind: 'set' as const, draft, form: null };
      await stage.show(SCREENS.confirmGrant, await planned(identity, { ...target, change, base }));
    },
  );

  /** The level stands in an input that is only read when something else happens. */
  async function withLevel(actor: Actor, draft: GrantDraft, values: Interaction['values']): Promise<GrantDraft> {
    const permission = await searchAs(engine, actor).permission(draft.permissionId);
    return permission ? { ...draft, value: chosenLevel(permission, values, ACTIONS.grantLevel, draft.value) } : draft;
  }
  listenToStructures({ engine, listeners }, STRUCTURE_PICKERS.grant, async (interaction, edit) => {
    const { identity, stage, view, values } = interaction;
    const state = getState(SCREENS.grant, view);
    requireMay(identity.actor, 'manage_permissions');
    await drafts.change(identity, state.draft, async (draft) => {
      const chosen = await withLevel(identity.actor, draft, values);
      return { ...chosen, ...(await edit(chosen)) };
    });
    await stage.replace(SCREENS.grant, { ...state, revision: state.revision + 1, note: undefined });
  });

  listeners.submission(SCREENS.grant, async ({ identity, values }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    requireMay(actor, 'manage_permissions');
    const draft = await drafts.change(identity, state.draft, (current) => withLevel(actor, current, values));
    const { permission } = (await load(actor, draft)).held;
    if (!permission.levels.includes(draft.value)) {
      const { name, levels } = permission;
      const error = new EngineError('invalid_value', { permission: name, value: draft.value, levels });
      return { errors: { [ACTIONS.grantLevel]: wordRefusal(texts, error) } };
    }
    if (permission.scope === 'structures' && draft.structures.length === 0) {
      return { errors: { [STRUCTURE_PICKERS.grant.filter]: texts.permissionValue.structuresNeeded } };
    }
    const change = { kind: 'set' as const, draft: state.draft, form: state.revision };
    try {
      const asked = await planned(identity, { permissionId: permission.id, change, base: state.base });
      return { drawn: await screens.draw(identity, SCREENS.confirmGrant, asked) };
    } catch (error) {
      if (!(error instanceof EngineError) || !CORRECTABLE.has(error.code)) throw error;
      const again = { ...state, revision: state.revision + 1, note: noteOf(wordRefusal(texts, error)) };
      return { drawn: await screens.draw(identity, SCREENS.grant, again) };
    }
  });
  listeners.action(ACTIONS.editGrant, { value: z.unknown() }, async ({ stage, view }) => {
    const { change, base } = getState(SCREENS.confirmGrant, view);
    if (change.kind !== 'set') throw new EngineError('draft_lost', {});
    await stage.replace(SCREENS.grant, { draft: change.draft, revision: (change.form ?? 0) + 1, base });
  });
};

function wordRefusal(texts: Texts, error: EngineError): string {
  // A refusal of the engine is no failure: there is nothing to log
  return errorText(texts, error, () => undefined);
}
