import type { Actor } from '../../engine/core/metaPermissions.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { showGroup } from '../../engine/readModels/rules.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { type Drafts, draftsOf } from '../kit/drafts.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction } from '../kit/interaction.ts';
import { chosenLevel } from '../kit/levelSelect.ts';
import { blockOf, chosenOption, typedText, type Values } from '../kit/payloads.ts';
import { SCREENS, type ScreenState } from '../kit/screenRefs.ts';
import { getState, type Render } from '../kit/screens.ts';
import { structuresShown } from '../kit/structureListeners.ts';
import { RuleDraft } from './ruleDraft.ts';
import { ruleFormView } from './ruleFormView.ts';

/** What the form of a rule is drawn from, and how its draft follows what stands in it. */
export interface RuleFlow {
  drafts: Drafts<RuleDraft>;
  draw: Render<ScreenState<typeof SCREENS.ruleForm>>;
  /** The draft with what stands in the inputs, which is only read when something else happens. */
  withTyped(actor: Actor, draft: RuleDraft, values: Values): Promise<RuleDraft>;
  /** Changes the draft behind the view and draws it again. */
  change(interaction: Interaction, edit: (draft: RuleDraft) => RuleDraft | Promise<RuleDraft>): Promise<void>;
}

/** What the listeners of the form of a rule share. */
export function createRuleFlow({ engine }: Pick<FeatureKit, 'engine'>): RuleFlow {
  const drafts = draftsOf(engine, 'rule', RuleDraft);

  async function withTyped(actor: Actor, draft: RuleDraft, values: Values): Promise<RuleDraft> {
    const permission =
      draft.permissionId === null ? null : await searchAs(engine, actor).permission(draft.permissionId);
    const groupId = Number(chosenOption(values, ACTIONS.ruleGroup) ?? 'none');
    const typed = {
      name: typedText(values, ACTIONS.ruleName).slice(0, 300),
      groupId: Number.isInteger(groupId) ? groupId : null,
      structure: chosenOption(values, ACTIONS.ruleStructure),
    };
    return {
      ...draft,
      // A window that holds no such inputs says nothing of them
      ...(blockOf(values, ACTIONS.ruleName) !== undefined && typed),
      ...(permission && { value: chosenLevel(permission, values, ACTIONS.ruleLevel, draft.value) }),
    };
  }

  return {
    drafts,
    withTyped,
    async draw(identity, { draft: id, revision }) {
      const { actor, texts } = identity;
      requireMay(actor, 'manage_catalog');
      const draft = await drafts.get(identity, id);
      const search = searchAs(engine, actor);
      const permission = draft.permissionId === null ? null : await search.permission(draft.permissionId);
      const isScoped = permission?.scope === 'structures';
      const [structure = null] = draft.structure === null ? [] : await search.structuresByCodes([draft.structure]);
      return ruleFormView(texts, {
        ...{ draft, permission, structure, revision },
        group: draft.groupId === null ? null : (await showGroup(engine, actor, draft.groupId)).group,
        application: draft.applicationId === null ? null : await search.application(draft.applicationId),
        structures: isScoped ? await structuresShown(search, draft) : { structures: [], total: 0 },
      });
    },
    async change({ identity, stage, view, values }, edit) {
      const state = getState(SCREENS.ruleForm, view);
      requireMay(identity.actor, 'manage_catalog');
      await drafts.change(identity, state.draft, async (draft) => edit(await withTyped(identity.actor, draft, values)));
      await stage.replace(SCREENS.ruleForm, { ...state, revision: state.revision + 1 });
    },
  };
}
