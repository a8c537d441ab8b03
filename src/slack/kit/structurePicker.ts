import { ALL_STRUCTURES } from '../../engine/core/parameter.ts';
import type { Structure } from '../../engine/readModels/search.ts';
import {
  actions,
  type Block,
  button,
  checkboxes,
  context,
  divider,
  input,
  option,
  section,
  textInput,
} from './blocks.ts';
import type { StructurePickerIds } from './ids.ts';
import { LIMITS } from './limits.ts';
import { pager } from './paging.ts';
import type { StructureChoice } from './structureChoice.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';

/** Structures shown at once: two groups of boxes. */
export const STRUCTURES_PER_PAGE = 2 * LIMITS.checkboxes;

/** Codes of the selection named above the boxes; the boxes show the rest. */
const CODES_NAMED = 20;

export interface StructurePicker {
  ids: StructurePickerIds;
  choice: StructureChoice;
  /** The structures that the filter shows, one page of them. */
  shown: { structures: Structure[]; total: number };
  /** Changes with each redrawing, because Slack keeps what stands in a block that it knows. */
  revision: number;
}

/** Choosing structures by search, with a filter that stays, and all of them, present and future, by one button. */
export function structurePicker(texts: Texts, { ids, choice, shown, revision }: StructurePicker): Block[] {
  const label = texts.permissionValue;
  if (choice.structures.includes(ALL_STRUCTURES)) {
    return [
      divider(),
      section(`*${label.structures}*\n${label.selectedAll}`),
      ...actions(ids.every, [button(ids.every, label.takeSome, { every: false })]),
    ];
  }
  const half = LIMITS.checkboxes;
  const groups = [shown.structures.slice(0, half), shown.structures.slice(half)].filter((group) => group.length > 0);
  return [
    divider(),
    section(`*${label.structures}*\n${label.selected(choice.structures.length)}${selectionSample(choice)}`),
    input(
      `${ids.filter}_${revision}`,
      label.filter,
      textInput(ids.filter, { initial: choice.filter, max: 200, onEnter: true }),
      { optional: true, dispatch: true },
    ),
    ...(shown.total === 0 ? [context(texts.common.nothingFound(escapeText(choice.filter)))] : []),
    ...groups.flatMap((group, index) =>
      actions(`${ids.checked}_${index}_${revision}`, [
        checkboxes(
          `${ids.checked}_${index}`,
          group.map(({ code, name }) => option(`${code} · ${name}`, code)),
          choice.structures,
        ),
      ]),
    ),
    ...pager(texts, ids.page, { page: choice.page, total: shown.total, size: STRUCTURES_PER_PAGE }),
    ...actions(`${ids.filter}_actions`, [
      ...(shown.total > 0 ? [button(ids.selectAll, label.selectAll(shown.total))] : []),
      ...(choice.structures.length > 0 ? [button(ids.clear, label.clear)] : []),
      button(ids.every, label.takeAll, { every: true }),
    ]),
  ];
}

function selectionSample({ structures }: StructureChoice): string {
  if (structures.length === 0) return '';
  const shown = [...structures].sort().slice(0, CODES_NAMED).map(escapeText).join(', ');
  return ` — ${shown}${structures.length > CODES_NAMED ? '…' : ''}`;
}
