import type { Group } from '../../engine/readModels/rules.ts';
import type { Application, CatalogPermission, Structure } from '../../engine/readModels/search.ts';
import { type Block, externalSelect, input, type ModalContent, option, section, textInput } from '../kit/blocks.ts';
import { ACTIONS, STRUCTURE_PICKERS } from '../kit/ids.ts';
import { levelBlocks } from '../kit/levelSelect.ts';
import { permissionOption } from '../kit/permissionOption.ts';
import { type StructurePicker, structurePicker } from '../kit/structurePicker.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission } from '../kit/wording.ts';
import type { RuleDraft } from './ruleDraft.ts';

/** Characters that the form takes for a name; an import may bring longer ones. */
const NAME = 120;

export interface RuleFormScreen {
  draft: RuleDraft;
  group: Group | null;
  structure: Structure | null;
  application: Application | null;
  permission: CatalogPermission | null;
  structures: StructurePicker['shown'];
  revision: number;
}

/** A rule: its name, whom it is for, and what it gives them. */
export function ruleFormView(texts: Texts, screen: RuleFormScreen): ModalContent {
  const { draft, group, structure, permission, structures, revision } = screen;
  const words = texts.rules;
  return {
    title: words.formTitle[draft.ruleId === null ? 'create' : 'edit'],
    submit: words.next,
    close: texts.common.cancel,
    blocks: [
      input(
        'rule_name',
        words.name,
        textInput(ACTIONS.ruleName, {
          ...{ initial: draft.name, max: Math.max(NAME, draft.name.length), placeholder: words.namePlaceholder },
        }),
      ),
      input(
        'rule_group',
        words.audienceGroup,
        externalSelect(ACTIONS.ruleGroup, words.groupPlaceholder, group ? groupOption(group) : undefined),
        { optional: true },
      ),
      input(
        'rule_structure',
        words.audienceStructure,
        externalSelect(
          ACTIONS.ruleStructure,
          words.structurePlaceholder,
          structure ? option(`${structure.code} · ${structure.name}`, structure.code) : undefined,
        ),
        { optional: true },
      ),
      ...permissionBlocks(texts, screen),
      ...(permission ? levelBlocks(texts, ACTIONS.ruleLevel, permission, draft.value) : []),
      ...(permission?.scope === 'structures'
        ? structurePicker(texts, { ids: STRUCTURE_PICKERS.rule, choice: draft, shown: structures, revision })
        : []),
    ],
  };
}

/** Application and permission are chosen for a new rule; those of one that is there are told. */
function permissionBlocks(texts: Texts, { draft, application, permission }: RuleFormScreen): Block[] {
  const label = texts.addPermission;
  if (draft.ruleId !== null) return permission ? [section(`*${describePermission(texts, permission)}*`)] : [];
  return [
    input(
      'rule_application',
      label.application,
      externalSelect(
        ACTIONS.ruleApplication,
        label.applicationPlaceholder,
        application ? option(application.name, String(application.id)) : undefined,
      ),
      { dispatch: true },
    ),
    ...(application
      ? [
          input(
            // A new application brings a new block: the old choice must not linger
            `rule_permission_${application.id}`,
            label.permission,
            externalSelect(
              ACTIONS.rulePermission,
              label.permissionPlaceholder,
              permission ? permissionOption(permission) : undefined,
            ),
            { dispatch: true },
          ),
        ]
      : []),
  ];
}

/** A group as search boxes offer it. */
export function groupOption({ id, code, name }: Group) {
  return option(`${name} · ${code}`, String(id));
}
