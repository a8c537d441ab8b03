import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SourceChange } from '../../engine/core/sourceChange.ts';
import { checkSource } from '../../engine/operations/changeSource.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { listGroups, showRule } from '../../engine/readModels/rules.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { besideField, isNothingChanged } from '../kit/fieldError.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { permissionOption } from '../kit/permissionOption.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import { createSourceFlow } from '../kit/sourceFlow.ts';
import { listenToStructures } from '../kit/structureListeners.ts';
import { emptyRule, ruleAsItIs } from './ruleDraft.ts';
import { createRuleFlow } from './ruleFlow.ts';
import { groupOption } from './ruleFormView.ts';
import { RULE_MENU } from './rulesView.ts';

const Id = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const MenuChoice = z
  .string()
  .regex(/^[a-z]+:\d{1,9}$/)
  .transform((text) => {
    const [action, ruleId] = text.split(':');
    return { action, ruleId: Number(ruleId) };
  })
  .pipe(z.object({ action: z.enum(RULE_MENU), ruleId: z.number() }));

const FIELDS = {
  ...{ name_taken: ACTIONS.ruleName, group_not_found: ACTIONS.ruleGroup, structure_not_found: ACTIONS.ruleStructure },
  ...{ invalid_value: ACTIONS.ruleLevel, invalid_parameter: STRUCTURE_PICKERS.rule.filter },
  permission_not_found: ACTIONS.rulePermission,
};

/** Making, changing and deleting a rule, each up to its preview. */
export function registerRuleForm(kit: FeatureKit): void {
  const { engine, screens, listeners } = kit;
  const { begin } = createSourceFlow(engine);
  const { drafts, draw, withTyped, change } = createRuleFlow(kit);

  screens.register(SCREENS.ruleForm, draw);
  listeners.action(ACTIONS.newRule, { opens: true, value: z.unknown() }, async ({ identity, stage }) => {
    requireMay(identity.actor, 'manage_catalog');
    const draft = randomUUID();
    await drafts.save(identity, draft, emptyRule());
    await stage.show(SCREENS.ruleForm, { draft, revision: 0 });
  });
  listeners.action(
    /^rule_menu_\d/,
    { opens: true, value: MenuChoice },
    async ({ identity, stage }, { action, ruleId }) => {
      requireMay(identity.actor, 'manage_catalog');
      if (action === 'delete') {
        return stage.show(SCREENS.sourcePreview, await begin(identity, { kind: 'delete_rule', ruleId }));
      }
      const draft = randomUUID();
      await drafts.save(identity, draft, ruleAsItIs(await showRule(engine, identity.actor, ruleId)));
      await stage.show(SCREENS.ruleForm, { draft, revision: 0 });
    },
  );

  listeners.suggestions(ACTIONS.ruleGroup, async ({ actor }, text) =>
    (await listGroups(engine, actor, { text, offset: 0, limit: 100 })).groups.map(groupOption),
  );
  listeners.suggestions(ACTIONS.ruleStructure, async ({ actor }, typed) => {
    const { structures } = await searchAs(engine, actor).structures(typed, { offset: 0, limit: 100 });
    return structures.map(({ code, name }) => option(`${code} · ${name}`, code));
  });
  listeners.suggestions(ACTIONS.ruleApplication, async ({ actor }, typed) => {
    const found = await searchAs(engine, actor).applications(typed, 100);
    return found.map(({ id, name }) => option(name, String(id)));
  });
  listeners.suggestions(ACTIONS.rulePermission, async (identity, typed, view) => {
    const state = stateOf(SCREENS.ruleForm, view);
    const applicationId = state && (await drafts.get(identity, state.draft)).applicationId;
    if (!applicationId) return [];
    return (await searchAs(engine, identity.actor).permissions(applicationId, typed, 100)).map(permissionOption);
  });
  const nothing = { value: null, structures: [], filter: '', page: 0 };
  listeners.action(ACTIONS.ruleApplication, { value: Id }, (interaction, applicationId) =>
    change(interaction, (draft) => ({ ...draft, applicationId, permissionId: null, ...nothing })),
  );
  listeners.action(ACTIONS.rulePermission, { value: Id }, (interaction, permissionId) =>
    change(interaction, (draft) => ({ ...draft, permissionId, ...nothing })),
  );
  listenToStructures(kit, STRUCTURE_PICKERS.rule, (interaction, edit) =>
    change(interaction, async (draft) => ({ ...draft, ...(await edit(draft)) })),
  );

  listeners.submission(SCREENS.ruleForm, async ({ identity, stage, values }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    requireMay(actor, 'manage_catalog');
    const draft = await drafts.change(identity, state.draft, (current) => withTyped(actor, current, values));
    const { ruleId, name, groupId, structure, structures } = draft;
    const search = searchAs(engine, actor);
    const permission = draft.permissionId === null ? null : await search.permission(draft.permissionId);
    if (name === '') return { errors: { [ACTIONS.ruleName]: texts.rules.nameNeeded } };
    if (groupId !== null && structure !== null) {
      return { errors: { [ACTIONS.ruleStructure]: texts.rules.audienceTwice } };
    }
    const [chosen] = structure === null ? [] : await search.structuresByCodes([structure]);
    if (structure !== null && !chosen) return { errors: { [ACTIONS.ruleStructure]: texts.errors.structure_not_found } };
    if (groupId === null && !chosen) return { errors: { [ACTIONS.ruleGroup]: texts.rules.audienceNeeded } };
    if (!permission) return { errors: { [ACTIONS.ruleApplication]: texts.addPermission.chooseFirst } };
    if (permission.scope === 'structures' && structures.length === 0) {
      return { errors: { [STRUCTURE_PICKERS.rule.filter]: texts.permissionValue.structuresNeeded } };
    }
    const audience = chosen ? { structureId: chosen.id } : { groupId: groupId ?? 0 };
    const given = { name, audience, value: draft.value ?? permission.levels[0] ?? '', structures };
    const wanted: SourceChange =
      ruleId === null
        ? { kind: 'create_rule', permissionId: permission.id, ...given }
        : { kind: 'edit_rule', ruleId, ...given };
    try {
      await checkSource(engine, actor, wanted);
    } catch (error) {
      if (!isNothingChanged(error)) return besideField(texts, error, FIELDS);
      // The preview says so, and leads back here
    }
    const form = { ...state, screen: 'ruleForm' as const };
    return { work: async () => stage.replace(SCREENS.sourcePreview, await begin(identity, wanted, form)) };
  });
}
