import { META_PERMISSIONS, type MetaPermission } from '../../engine/core/metaPermissions.ts';
import type { HeldMetaPermission } from '../../engine/readModels/administrators.ts';
import type { Person } from '../../engine/readModels/search.ts';
import {
  type Block,
  checkboxes,
  context,
  externalSelect,
  input,
  type ModalContent,
  option,
  section,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Two groups, because Slack shows ten boxes at most, and because they are two kinds of trust. */
export const RIGHTS = {
  packages: [
    ...(['define_packages', 'assign_packages', 'sync_packages', 'manage_permissions'] as const),
    ...(['define_profiles', 'assign_profiles'] as const),
  ],
  organization: ['manage_catalog', 'approve', 'view', 'view_audit', 'administer'],
} as const satisfies Record<string, readonly MetaPermission[]>;

/** Whose rights are to be given. */
export function addAdministratorView(texts: Texts): ModalContent {
  const { administrator } = texts;
  const person = externalSelect(ACTIONS.administratorPerson, administrator.choosePlaceholder);
  return {
    title: administrator.title,
    submit: administrator.next,
    close: texts.common.cancel,
    blocks: [input('person', administrator.choose, person)],
  };
}

/** What one person may do, with who granted it. */
export function administratorView(
  texts: Texts,
  { person, held, moved }: { person: Person; held: readonly HeldMetaPermission[]; moved: boolean },
): ModalContent {
  const { administrator } = texts;
  return {
    title: administrator.title,
    submit: texts.common.save,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(`:warning: ${administrator.moved}`)] : []),
      section(`*${escapeText(person.name)}* \`${escapeText(person.code)}\``),
      rightsInput(texts, held, { group: 'packages', actionId: ACTIONS.packageRights }),
      rightsInput(texts, held, { group: 'organization', actionId: ACTIONS.organizationRights }),
      ...origins(texts, held),
    ],
  };
}

function rightsInput(
  texts: Texts,
  held: readonly HeldMetaPermission[],
  { group, actionId }: { group: keyof typeof RIGHTS; actionId: string },
): Block {
  const { administrator, metaPermissions } = texts;
  const names: readonly MetaPermission[] = RIGHTS[group];
  const options = names.map((name) => option(metaPermissions[name], name, administrator.meanings[name]));
  const chosen = held.map(({ metaPermission }) => metaPermission);
  // A redrawn form shows what is held now, not what was ticked before: its blocks are new ones
  const block = `${group}_${names.map((name) => (chosen.includes(name) ? 1 : 0)).join('')}`;
  return input(block, administrator[group], checkboxes(actionId, options, chosen), { optional: true });
}

function origins(texts: Texts, held: readonly HeldMetaPermission[]): Block[] {
  const { administrator, metaPermissions } = texts;
  const lines = META_PERMISSIONS.flatMap((name) => {
    const found = held.find(({ metaPermission }) => metaPermission === name);
    if (!found) return [];
    const { by, at } = found;
    return by && at
      ? [administrator.granted(metaPermissions[name], escapeText(by), texts.moment(at))]
      : [administrator.imported(metaPermissions[name])];
  });
  return lines.length === 0 ? [] : [context(lines.join('\n'))];
}
