import { ALL_STRUCTURES } from '../../engine/core/parameter.ts';
import type { PackageRecord } from '../../engine/readModels/packages.ts';
import type { Application, CatalogPermission, Structure } from '../../engine/readModels/search.ts';
import {
  actions,
  type Block,
  button,
  checkboxes,
  context,
  divider,
  externalSelect,
  input,
  type ModalContent,
  option,
  section,
  staticSelect,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { LIMITS } from '../kit/limits.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import type { AddPermissionDraft } from './addPermissionDraft.ts';

/** Structures shown at once: two groups of boxes. */
export const STRUCTURES_PER_PAGE = 2 * LIMITS.checkboxes;

export interface AddPermissionScreen {
  package: PackageRecord;
  draft: AddPermissionDraft;
  application: Application | null;
  permission: CatalogPermission | null;
  /** The structures that the filter shows, one page of them. */
  structures: { structures: Structure[]; total: number };
  revision: number;
  note: string | undefined;
}

/** Application → permission → value and parameter, each step shown once the one before is chosen. */
export function addPermissionView(texts: Texts, screen: AddPermissionScreen): ModalContent {
  const { draft, application, permission, note, revision } = screen;
  const label = texts.addPermission;
  return {
    title: label.title,
    submit: label.add,
    close: texts.common.cancel,
    blocks: [
      ...(note ? [section(note)] : []),
      section(packageName(texts, screen.package)),
      input(
        'application',
        label.application,
        externalSelect(
          ACTIONS.permissionApplication,
          label.applicationPlaceholder,
          application ? option(application.name, String(application.id)) : undefined,
        ),
        { dispatch: true },
      ),
      ...(application
        ? [
            input(
              // A new application brings a new block: the old choice must not linger
              `permission_${application.id}`,
              label.permission,
              externalSelect(
                ACTIONS.permissionChoice,
                label.permissionPlaceholder,
                permission ? permissionOption(permission) : undefined,
              ),
              { dispatch: true },
            ),
          ]
        : []),
      ...(permission ? levelBlocks(texts, permission, draft) : []),
      ...(permission?.scope === 'structures' ? structureBlocks(texts, screen, revision) : []),
    ],
  };
}

/** A permission as search boxes offer it. */
export function permissionOption(permission: CatalogPermission) {
  return option(permission.main ? `${permission.name} (MAIN)` : permission.name, String(permission.id));
}

function levelBlocks(texts: Texts, permission: CatalogPermission, draft: AddPermissionDraft): Block[] {
  const [only, ...others] = permission.levels;
  if (only !== undefined && others.length === 0) return [section(texts.addPermission.switchLevel(escapeText(only)))];
  const levels = permission.levels.map((level, index) => option(level, String(index)));
  const chosen = String(Math.max(0, permission.levels.indexOf(draft.value ?? '')));
  return [
    input(`level_${permission.id}`, texts.addPermission.level, staticSelect(ACTIONS.permissionLevel, levels, chosen)),
  ];
}

function structureBlocks(texts: Texts, { draft, structures: shown }: AddPermissionScreen, revision: number): Block[] {
  const label = texts.addPermission;
  if (draft.structures.includes(ALL_STRUCTURES)) {
    return [
      divider(),
      section(`*${label.structures}*\n${label.selectedAll}`),
      ...actions('structure_every', [button(ACTIONS.structureEvery, label.takeSome, { every: false })]),
    ];
  }
  const half = LIMITS.checkboxes;
  const groups = [shown.structures.slice(0, half), shown.structures.slice(half)].filter((group) => group.length > 0);
  return [
    divider(),
    section(`*${label.structures}*\n${label.selected(draft.structures.length)}${selectionSample(draft)}`),
    input(
      `structure_filter_${revision}`,
      label.filter,
      textInput(ACTIONS.structureFilter, { initial: draft.filter, max: 200, onEnter: true }),
      { optional: true, dispatch: true },
    ),
    ...(shown.total === 0 ? [context(texts.common.nothingFound(escapeText(draft.filter)))] : []),
    ...groups.flatMap((group, index) =>
      actions(`structures_${index}_${revision}`, [
        checkboxes(
          `${ACTIONS.structureChecked}_${index}`,
          group.map(({ code, name }) => option(`${code} · ${name}`, code)),
          draft.structures,
        ),
      ]),
    ),
    ...pager(texts, ACTIONS.structurePage, { page: draft.page, total: shown.total, size: STRUCTURES_PER_PAGE }),
    ...actions('structure_actions', [
      ...(shown.total > 0 ? [button(ACTIONS.structureSelectAll, label.selectAll(shown.total))] : []),
      ...(draft.structures.length > 0 ? [button(ACTIONS.structureClear, label.clear)] : []),
      button(ACTIONS.structureEvery, label.takeAll, { every: true }),
    ]),
  ];
}

function selectionSample({ structures }: AddPermissionDraft): string {
  if (structures.length === 0) return '';
  const shown = [...structures].sort().slice(0, 20).map(escapeText).join(', ');
  return ` — ${shown}${structures.length > 20 ? '…' : ''}`;
}
