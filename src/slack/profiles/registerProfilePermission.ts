import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import { parameterCodes } from '../../engine/core/parameter.ts';
import type { SourceChange } from '../../engine/core/sourceChange.ts';
import { EngineError } from '../../engine/errors.ts';
import { checkSource } from '../../engine/operations/changeSource.ts';
import { showProfile } from '../../engine/readModels/profiles.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { besideField, isNothingChanged } from '../kit/fieldError.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { chosenLevel } from '../kit/levelSelect.ts';
import { permissionOption } from '../kit/permissionOption.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getState, stateOf } from '../kit/screens.ts';
import { createSourceFlow } from '../kit/sourceFlow.ts';
import { startChoice } from '../kit/structureChoice.ts';
import { listenToStructures, structuresShown } from '../kit/structureListeners.ts';
import { ProfilePermissionDraft } from './profilePermissionDraft.ts';
import { profilePermissionView } from './profilePermissionView.ts';
import { PROFILE_PERMISSION_MENU } from './profileView.ts';

const Id = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const MenuChoice = z
  .string()
  .regex(/^[a-z]+:\d{1,9}:\d{1,9}$/)
  .transform((text) => {
    const [action, profileId, permissionId] = text.split(':');
    return { action, profileId: Number(profileId), permissionId: Number(permissionId) };
  })
  .pipe(z.object({ action: z.enum(PROFILE_PERMISSION_MENU), profileId: z.number(), permissionId: z.number() }));

const FIELDS = {
  ...{ invalid_value: ACTIONS.profileLevel, invalid_parameter: STRUCTURE_PICKERS.profilePermission.filter },
  ...{ permission_not_found: ACTIONS.profilePermission, permission_of_other_application: ACTIONS.profilePermission },
};

/** The permissions of a profile: adding, changing and removing one, each up to its preview. */
export function registerProfilePermission({ engine, screens, listeners }: FeatureKit): void {
  const drafts = draftsOf(engine, 'profile_permission', ProfilePermissionDraft);
  const { begin } = createSourceFlow(engine);

  screens.register(SCREENS.profilePermission, async (identity, { draft: id, revision }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'define_profiles');
    const draft = await drafts.get(identity, id);
    const search = searchAs(engine, actor);
    const { profile } = await showProfile(engine, actor, draft.profileId);
    const permission = draft.permissionId === null ? null : await search.permission(draft.permissionId);
    const isScoped = permission?.scope === 'structures';
    const structures = isScoped ? await structuresShown(search, draft) : { structures: [], total: 0 };
    return profilePermissionView(texts, { profile, draft, permission, structures, revision });
  });

  listeners.action(
    ACTIONS.addProfilePermission,
    { opens: true, value: z.object({ profileId: z.number().int().positive() }) },
    async ({ identity, stage }, { profileId }) => {
      requireMay(identity.actor, 'define_profiles');
      const draft = randomUUID();
      const nothing = { permissionId: null, value: null, ...startChoice() };
      await drafts.save(identity, draft, { profileId, adds: true, ...nothing });
      await stage.show(SCREENS.profilePermission, { draft, revision: 0 });
    },
  );
  listeners.action(
    /^profile_permission_menu_\d/,
    { opens: true, value: MenuChoice },
    async ({ identity, stage }, { action, profileId, permissionId }) => {
      requireMay(identity.actor, 'define_profiles');
      if (action === 'remove') {
        const change: SourceChange = { kind: 'edit_profile', profileId, edit: { what: 'remove', permissionId } };
        return stage.show(SCREENS.sourcePreview, await begin(identity, change));
      }
      const { profile, permissions } = await showProfile(engine, identity.actor, profileId);
      const held = permissions.find(({ id }) => id === permissionId);
      if (!held) throw new EngineError('permission_not_in_profile', { permission: '?', profile: profile.name });
      const draft = randomUUID();
      const choice = startChoice(parameterCodes(held.param));
      await drafts.save(identity, draft, { profileId, permissionId, adds: false, value: held.value, ...choice });
      await stage.show(SCREENS.profilePermission, { draft, revision: 0 });
    },
  );
  listeners.suggestions(ACTIONS.profilePermission, async (identity, typed, view) => {
    const state = stateOf(SCREENS.profilePermission, view);
    if (!state) return [];
    const { profileId } = await drafts.get(identity, state.draft);
    const { profile, permissions } = await showProfile(engine, identity.actor, profileId);
    const held = new Set(permissions.map(({ id }) => id));
    const found = await searchAs(engine, identity.actor).permissions(profile.applicationId, typed, 100 + held.size);
    return found.filter(({ id }) => !held.has(id)).map(permissionOption);
  });

  /** The level stands in an input that is only read when something else happens. */
  async function withLevel(
    actor: Actor,
    draft: ProfilePermissionDraft,
    values: Interaction['values'],
  ): Promise<ProfilePermissionDraft> {
    const permission =
      draft.permissionId === null ? null : await searchAs(engine, actor).permission(draft.permissionId);
    return permission ? { ...draft, value: chosenLevel(permission, values, ACTIONS.profileLevel, draft.value) } : draft;
  }
  async function change(
    { identity, stage, view, values }: Interaction,
    edit: (draft: ProfilePermissionDraft) => ProfilePermissionDraft | Promise<ProfilePermissionDraft>,
  ): Promise<void> {
    const state = getState(SCREENS.profilePermission, view);
    requireMay(identity.actor, 'define_profiles');
    await drafts.change(identity, state.draft, async (draft) => edit(await withLevel(identity.actor, draft, values)));
    await stage.replace(SCREENS.profilePermission, { ...state, revision: state.revision + 1 });
  }
  listeners.action(ACTIONS.profilePermission, { value: Id }, (interaction, permissionId) =>
    change(interaction, ({ profileId, adds }) => ({ profileId, adds, permissionId, value: null, ...startChoice() })),
  );
  listenToStructures({ engine, listeners }, STRUCTURE_PICKERS.profilePermission, (interaction, edit) =>
    change(interaction, async (draft) => ({ ...draft, ...(await edit(draft)) })),
  );

  listeners.submission(SCREENS.profilePermission, async ({ identity, stage, values }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    requireMay(actor, 'define_profiles');
    const draft = await drafts.change(identity, state.draft, (current) => withLevel(actor, current, values));
    const { profileId, permissionId, structures } = draft;
    const permission = permissionId === null ? null : await searchAs(engine, actor).permission(permissionId);
    if (!permission) return { errors: { [ACTIONS.profilePermission]: texts.addPermission.chooseFirst } };
    const { filter } = STRUCTURE_PICKERS.profilePermission;
    if (permission.scope === 'structures' && structures.length === 0) {
      return { errors: { [filter]: texts.permissionValue.structuresNeeded } };
    }
    const { permissions } = await showProfile(engine, actor, profileId);
    if (draft.adds && permissions.some(({ id }) => id === permission.id)) {
      return { errors: { [ACTIONS.profilePermission]: texts.profiles.inProfile } };
    }
    const value = draft.value ?? permission.levels[0] ?? '';
    const edit = { what: 'set' as const, permissionId: permission.id, value, structures };
    const wanted: SourceChange = { kind: 'edit_profile', profileId, edit };
    try {
      await checkSource(engine, actor, wanted);
    } catch (error) {
      if (!isNothingChanged(error)) return besideField(texts, error, FIELDS);
      // The preview says so: the form may have no input to say it beside
    }
    const form = { ...state, screen: 'profilePermission' as const };
    return { work: async () => stage.replace(SCREENS.sourcePreview, await begin(identity, wanted, form)) };
  });
}
