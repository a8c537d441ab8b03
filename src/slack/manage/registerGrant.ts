import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isPlainSwitch } from '../../engine/core/manualGrant.ts';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import { EngineError } from '../../engine/errors.ts';
import { grantPermission } from '../../engine/operations/grantPermission.ts';
import type { WantedGrant } from '../../engine/operations/planGrant.ts';
import { grantsInApplication, type PlannedGrant, previewGrant } from '../../engine/readModels/manualGrants.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { draftsOf } from '../kit/drafts.ts';
import { errorText } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { chosenLevel } from '../kit/levelSelect.ts';
import { noteOf, packageState, SCREENS, type ScreenState } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { listenToStructures, structuresShown } from '../kit/structureListeners.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue } from '../kit/wording.ts';
import { confirmView } from './confirmView.ts';
import { changeOf, draftFor, GrantDraft } from './grantDraft.ts';
import { grantView } from './grantView.ts';

const Target = z.object({ permissionId: z.number().int() });

/** Refusals that another choice in the same form can answer. */
const CORRECTABLE = new Set(['nothing_changed', 'invalid_parameter']);

type ConfirmState = ScreenState<typeof SCREENS.confirmGrant>;

/** Changing one permission of one person by hand: value and structures, what it will do, and saving it. */
export const registerGrant: Feature = ({ engine, screens, listeners, onOperation }) => {
  const drafts = draftsOf(engine, 'grant', GrantDraft);

  /** The permission as the person has it now. */
  async function load(actor: Actor, { userId, permissionId }: { userId: number; permissionId: number }) {
    requireMay(actor, 'manage_permissions');
    const permission = await searchAs(engine, actor).permission(permissionId);
    if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
    const { person, permissions } = await grantsInApplication(engine, actor, userId, permission.applicationId);
    if (person.founder) throw new EngineError('founder_untouchable', { user: person.name });
    const held = permissions.find((each) => each.permission.id === permissionId);
    if (!held) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
    return { person, held };
  }

  /** What a confirmation is about; a value that was chosen stands in the draft. */
  async function wantedOf(
    identity: Identity,
    { permissionId, change, base }: Pick<ConfirmState, 'permissionId' | 'change' | 'base'>,
  ): Promise<WantedGrant> {
    if (change.kind !== 'set') return { userId: base.userId, permissionId, change: { kind: change.kind } };
    const draft = await drafts.get(identity, change.draft);
    return { userId: draft.userId, permissionId: draft.permissionId, change: changeOf(draft) };
  }

  /** The state of a confirmation that has just been planned. */
  async function planned(
    identity: Identity,
    asked: Pick<ConfirmState, 'permissionId' | 'change' | 'base'>,
  ): Promise<ConfirmState> {
    const { plan } = await previewGrant(engine, identity.actor, await wantedOf(identity, asked));
    return { ...asked, key: randomUUID(), planHash: plan.hash, moved: false };
  }

  screens.register(SCREENS.grant, async (identity, { draft: id, revision, note }) => {
    const draft = await drafts.get(identity, id);
    const { person, held } = await load(identity.actor, draft);
    const isScoped = held.permission.scope === 'structures';
    const search = searchAs(engine, identity.actor);
    const structures = isScoped ? await structuresShown(search, draft) : { structures: [], total: 0 };
    return grantView(identity.texts, { person, held, draft, structures, revision, note });
  });
  screens.register(SCREENS.confirmGrant, async (identity, state) => {
    const { kind } = state.change;
    const editable = state.change.kind === 'set' && state.change.form !== null;
    const plan = await previewGrant(engine, identity.actor, await wantedOf(identity, state));
    return confirmView(identity.texts, { planned: plan, kind, editable, moved: state.moved });
  });

  listeners.action(ACTIONS.setGrant, { opens: true, value: Target }, async ({ identity, stage, view }, target) => {
    const base = baseOf(view);
    const { held } = await load(identity.actor, { ...target, userId: base.userId });
    const draft = randomUUID();
    await drafts.save(identity, draft, draftFor(base.userId, held));
    if (!isPlainSwitch(held.permission)) return stage.show(SCREENS.grant, { draft, revision: 0, base });
    const change = { kind: 'set' as const, draft, form: null };
    await stage.show(SCREENS.confirmGrant, await planned(identity, { ...target, change, base }));
  });
  for (const [actionId, kind] of [
    [ACTIONS.disableGrant, 'disable'],
    [ACTIONS.enableGrant, 'enable'],
  ] as const) {
    listeners.action(actionId, { opens: true, value: Target }, async ({ identity, stage, view }, target) => {
      const asked = { ...target, change: { kind }, base: baseOf(view) };
      await stage.show(SCREENS.confirmGrant, await planned(identity, asked));
    });
  }

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
      const error = new EngineError('invalid_value', {
        ...draft,
        permission: permission.name,
        levels: permission.levels,
      });
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

  listeners.submission(SCREENS.confirmGrant, async ({ identity, stage, whisper }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    const { key, planHash, base } = state;
    // The plan is compared before the window is answered, so that a moved world can be shown in it
    const wanted = await wantedOf(identity, state);
    const preview = await previewGrant(engine, actor, wanted);
    if (preview.plan.hash !== planHash) {
      const moved = { ...state, key: randomUUID(), planHash: preview.plan.hash, moved: true };
      return { drawn: await screens.draw(identity, SCREENS.confirmGrant, moved) };
    }
    async function save(): Promise<string> {
      try {
        await grantPermission(engine, { actor, key, planHash, ...wanted });
        onOperation();
        return doneText(texts, preview, wanted.change.kind);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
        return texts.manage.movedUnseen;
      }
    }
    return {
      close: true,
      work: async () => {
        const note = noteOf(await save());
        if (!(await stage.refreshBelow(SCREENS.manage, { ...base, note }))) await whisper(note);
        if (base.from !== undefined) {
          await stage.refreshRoot(SCREENS.package, { ...packageState(base.from), tab: 'active' });
        }
      },
    };
  });
};

/** The window below, as it will be drawn again; what it said once is not said again. */
function baseOf(view: Interaction['view']): ConfirmState['base'] {
  return { ...getState(SCREENS.manage, view), note: undefined };
}

function wordRefusal(texts: Texts, error: EngineError): string {
  // A refusal of the engine is no failure: there is nothing to log
  return errorText(texts, error, () => undefined);
}

function doneText(texts: Texts, { permission, plan }: PlannedGrant, kind: WantedGrant['change']['kind']): string {
  const label = describePermission(texts, permission);
  return texts.manage.done[kind](label, describeValue(texts, plan.row.value, plan.row.param));
}
