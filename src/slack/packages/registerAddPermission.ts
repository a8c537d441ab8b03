import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import { EngineError } from '../../engine/errors.ts';
import { addPermission } from '../../engine/operations/addPermission.ts';
import { type PackagePermission, resolvePackage, showPackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import type { Interaction } from '../kit/interaction.ts';
import { chosenLevel } from '../kit/levelSelect.ts';
import { permissionOption } from '../kit/permissionOption.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { getState, stateOf } from '../kit/screens.ts';
import { listenToStructures, offeredStructures, structuresShown } from '../kit/structureListeners.ts';
import { describePermission } from '../kit/wording.ts';
import { AddPermissionDraft, emptyDraft, readdDraft } from './addPermissionDraft.ts';
import { addPermissionView } from './addPermissionView.ts';

const Id = z.string().regex(/^\d+$/).transform(Number);

/** Opens the dialog for a package; for a permission that was removed from it, that one is chosen, as it was. */
export type OpenAdd = (interaction: Interaction, number: number, permissionId?: number) => Promise<void>;

/** Add Permission: application → permission → value and parameter, with structures by search (DOMAIN 4). */
export function registerAddPermission({ engine, screens, listeners, approvals, onOperation }: FeatureKit): OpenAdd {
  const drafts = draftsOf(engine, 'add_permission', AddPermissionDraft);

  screens.register(SCREENS.addPermission, async (identity, { draft: id, revision, note }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'define_packages');
    const draft = await drafts.get(identity, id);
    const search = searchAs(engine, actor);
    const permission = draft.permissionId === null ? null : await search.permission(draft.permissionId);
    const application = draft.applicationId === null ? null : await search.application(draft.applicationId);
    const structures =
      permission?.scope === 'structures' ? await structuresShown(search, draft) : { structures: [], total: 0 };
    const pack = await resolvePackage(engine, actor, String(draft.number));
    return addPermissionView(texts, { package: pack, draft, application, permission, structures, revision, note });
  });

  listeners.action(
    ACTIONS.addPermission,
    { opens: true, value: z.object({ number: z.number().int() }) },
    (interaction, { number }) => open(interaction, number),
  );
  listeners.suggestions(ACTIONS.permissionApplication, async ({ actor }, typed) => {
    const found = await searchAs(engine, actor).applications(typed, 100);
    return found.map(({ id, name }) => option(name, String(id)));
  });
  // What the person typed elsewhere in the view does not come with a suggestion: the draft knows the application
  listeners.suggestions(ACTIONS.permissionChoice, async (identity, typed, view) => {
    const state = stateOf(SCREENS.addPermission, view);
    if (!state) return [];
    const { applicationId } = await drafts.get(identity, state.draft);
    if (applicationId === null) return [];
    const found = await searchAs(engine, identity.actor).permissions(applicationId, typed, 100);
    return found.map(permissionOption);
  });

  async function open({ identity, stage }: Interaction, number: number, permissionId?: number): Promise<void> {
    const id = randomUUID();
    const { permissions } = await showPackage(engine, identity.actor, number);
    const removed = permissions.find((each) => each.permissionId === permissionId && !each.live);
    await drafts.save(identity, id, removed ? await readd(identity.actor, number, removed) : emptyDraft(number));
    await stage.show(SCREENS.addPermission, { draft: id, revision: 0 });
  }

  /** @throws EngineError `permission_retired`: what is offered to nobody is not put back. */
  async function readd(actor: Actor, number: number, removed: PackagePermission): Promise<AddPermissionDraft> {
    const search = searchAs(engine, actor);
    const permission = await search.permission(removed.permissionId);
    if (permission?.retired) throw new EngineError('permission_retired', { permission: permission.name });
    const draft = readdDraft(number, removed);
    return { ...draft, structures: await offeredStructures(search, draft.structures) };
  }

  /** Changes the draft behind the view and draws it again. */
  async function change(
    { identity, stage, view, values }: Interaction,
    edit: (draft: AddPermissionDraft) => AddPermissionDraft | Promise<AddPermissionDraft>,
  ): Promise<void> {
    const state = getState(SCREENS.addPermission, view);
    await drafts.change(identity, state.draft, async (draft) => edit(await withLevel(identity.actor, draft, values)));
    await stage.replace(SCREENS.addPermission, { draft: state.draft, revision: state.revision + 1 });
  }

  /** The level stands in an input that is only read when something else happens. */
  async function withLevel(
    actor: Actor,
    draft: AddPermissionDraft,
    values: Interaction['values'],
  ): Promise<AddPermissionDraft> {
    if (draft.permissionId === null) return draft;
    const permission = await searchAs(engine, actor).permission(draft.permissionId);
    return permission
      ? { ...draft, value: chosenLevel(permission, values, ACTIONS.permissionLevel, draft.value) }
      : draft;
  }

  listeners.action(ACTIONS.permissionApplication, { value: Id }, (interaction, applicationId) =>
    change(interaction, ({ number }) => ({ ...emptyDraft(number), applicationId })),
  );
  listeners.action(ACTIONS.permissionChoice, { value: Id }, (interaction, permissionId) =>
    change(interaction, ({ number, applicationId }) => ({ ...emptyDraft(number), applicationId, permissionId })),
  );
  listenToStructures({ engine, listeners }, STRUCTURE_PICKERS.addPermission, (interaction, edit) =>
    change(interaction, async (draft) => ({ ...draft, ...(await edit(draft)) })),
  );

  listeners.submission(SCREENS.addPermission, async ({ identity, stage, values, whisper }, state) => {
    const { actor, texts } = identity;
    const draft = await withLevel(actor, await drafts.get(identity, state.draft), values);
    const search = searchAs(engine, actor);
    const permission = draft.permissionId === null ? null : await search.permission(draft.permissionId);
    if (!permission) return { errors: { [ACTIONS.permissionApplication]: texts.addPermission.chooseFirst } };
    if (permission.retired) {
      return { errors: { [ACTIONS.permissionChoice]: texts.errors.permission_retired(permission.name) } };
    }
    if (permission.scope === 'structures' && draft.structures.length === 0) {
      return { errors: { [STRUCTURE_PICKERS.addPermission.filter]: texts.permissionValue.structuresNeeded } };
    }
    const { number, structures } = draft;
    const label = describePermission(texts, permission);
    const inPackage = (await showPackage(engine, actor, number)).permissions.find(
      ({ permissionId, live }) => live && permissionId === permission.id,
    );
    if (inPackage) {
      return { errors: { [ACTIONS.permissionChoice]: texts.errors.permission_already_in_package(label, number) } };
    }
    const value = draft.value ?? permission.levels[0] ?? '';
    const command = { number, permissionId: permission.id, value, structures };
    const key = state.draft;
    const confirmed = { kind: 'add_permission', packageNumber: number, key, command, people: 0 } as const;
    const diverted = await approvals.divert(identity, { ...confirmed, permission });
    if (diverted) return diverted;
    return {
      close: true,
      work: async () => {
        const { outcome } = await addPermission(engine, { ...command, actor, key });
        onOperation();
        const added = outcome.readded ? texts.addPermission.readded(label) : texts.addPermission.done(label);
        const note = `${added} ${texts.addPermission.divergent(outcome.members)}`;
        if (!(await stage.refreshBelow(SCREENS.package, packageState(number, note)))) await whisper(note);
      },
    };
  });

  return open;
}
