import { randomUUID } from 'node:crypto';
import { parameterCodes } from '../../engine/core/parameter.ts';
import { EngineError } from '../../engine/errors.ts';
import { changePermission } from '../../engine/operations/changePermission.ts';
import { resolvePackage, showPackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { type CatalogPermission, searchAs } from '../../engine/readModels/search.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { FeatureKit } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import type { Interaction } from '../kit/interaction.ts';
import { chosenLevel } from '../kit/levelSelect.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { startChoice } from '../kit/structureChoice.ts';
import { listenToStructures, structuresShown } from '../kit/structureListeners.ts';
import { describePermission } from '../kit/wording.ts';
import { ChangePermissionDraft } from './changePermissionDraft.ts';
import { changePermissionView } from './changePermissionView.ts';

/** What a permission of a package might be changed to. */
interface Suggestion {
  value: string;
  param: string;
}

/** Opens the dialog for one permission of a package, with what it is now, or with what is suggested. */
export type OpenChange = (
  interaction: Interaction,
  number: number,
  permissionId: number,
  suggested?: Suggestion,
) => Promise<void>;

/** Changing value and parameter of a package's permission; the save leads to the sync of those who now differ. */
export function registerChangePermission({
  engine,
  screens,
  listeners,
  approvals,
  onOperation,
}: FeatureKit): OpenChange {
  const drafts = draftsOf(engine, 'change_permission', ChangePermissionDraft);

  async function permissionOf({ actor }: Identity, draft: ChangePermissionDraft): Promise<CatalogPermission> {
    const permission = await searchAs(engine, actor).permission(draft.permissionId);
    if (!permission) throw new EngineError('permission_not_found', { wanted: '?' });
    return permission;
  }

  screens.register(SCREENS.changePermission, async (identity, { draft: id, revision }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'define_packages');
    const draft = await drafts.get(identity, id);
    const permission = await permissionOf(identity, draft);
    const search = searchAs(engine, actor);
    const structures =
      permission.scope === 'structures' ? await structuresShown(search, draft) : { structures: [], total: 0 };
    const pack = await resolvePackage(engine, actor, String(draft.number));
    return changePermissionView(texts, { package: pack, permission, draft, structures, revision });
  });

  listenToStructures({ engine, listeners }, STRUCTURE_PICKERS.changePermission, async (interaction, edit) => {
    const { identity, stage, view, values } = interaction;
    const state = getState(SCREENS.changePermission, view);
    await drafts.change(identity, state.draft, async (draft) => {
      const value = chosenLevel(await permissionOf(identity, draft), values, ACTIONS.changedLevel, draft.value);
      return { ...draft, value, ...(await edit(draft)) };
    });
    await stage.replace(SCREENS.changePermission, { ...state, revision: state.revision + 1 });
  });

  listeners.submission(SCREENS.changePermission, async ({ identity, stage, values }, state) => {
    const { actor, texts } = identity;
    requireMay(actor, 'define_packages');
    const draft = await drafts.get(identity, state.draft);
    const permission = await permissionOf(identity, draft);
    if (permission.scope === 'structures' && draft.structures.length === 0) {
      return { errors: { [STRUCTURE_PICKERS.changePermission.filter]: texts.permissionValue.structuresNeeded } };
    }
    const { number, permissionId, structures } = draft;
    const value = chosenLevel(permission, values, ACTIONS.changedLevel, draft.value);
    const command = { number, permissionId, value, structures };
    const key = state.draft;
    const confirmed = { kind: 'change_permission', packageNumber: number, key, command, people: 0 } as const;
    const diverted = await approvals.divert(identity, { ...confirmed, permission });
    if (diverted) return diverted;
    return {
      work: async () => {
        const { outcome } = await changePermission(engine, { ...command, actor, key });
        onOperation();
        const note = texts.changePermission.done(describePermission(texts, permission), outcome.divergent);
        await stage.refreshBelow(SCREENS.package, packageState(number, note));
        const scope = { number, permissionId, userId: null, page: 0, revision: 0 };
        const shown = outcome.divergent > 0 ? await stage.replace(SCREENS.sync, { ...scope, note }) : false;
        if (!shown) await stage.notice(texts.changePermission.title, note);
      },
    };
  });

  return async ({ identity, stage }, number, permissionId, suggested) => {
    const { permissions } = await showPackage(engine, identity.actor, number);
    const permission = permissions.find((each) => each.permissionId === permissionId && each.live);
    if (!permission) throw new EngineError('permission_not_in_package', { permission: '?', number });
    const id = randomUUID();
    const { value, param } = suggested ?? permission;
    await drafts.save(identity, id, { number, permissionId, value, ...startChoice(parameterCodes(param)) });
    await stage.show(SCREENS.changePermission, { draft: id, revision: 0 });
  };
}
