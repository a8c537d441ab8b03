import { z } from 'zod';
import { ALL_STRUCTURES } from '../../engine/core/parameter.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { type Search, searchAs } from '../../engine/readModels/search.ts';
import type { StructurePickerIds } from './ids.ts';
import type { Interaction } from './interaction.ts';
import type { Listeners } from './listeners.ts';
import { pageOf } from './paging.ts';
import { addAll, checkOnPage, type StructureChoice } from './structureChoice.ts';
import { STRUCTURES_PER_PAGE, type StructurePicker } from './structurePicker.ts';

/** Changes the choice in the draft behind the view, and draws the view again. */
export type ChangeChoice = (
  interaction: Interaction,
  edit: (choice: StructureChoice) => StructureChoice | Promise<StructureChoice>,
) => Promise<void>;

/** The page of structures that a choice's filter shows. */
export function structuresShown(search: Search, { filter, page }: StructureChoice): Promise<StructurePicker['shown']> {
  const { offset } = pageOf(page, Number.MAX_SAFE_INTEGER, STRUCTURES_PER_PAGE);
  return search.structures(filter, { offset, limit: STRUCTURES_PER_PAGE });
}

/** The codes that can still be chosen, of those that something names: retired structures are left out. */
export async function offeredStructures(search: Search, codes: readonly string[]): Promise<string[]> {
  const retired = (await search.structuresByCodes(codes)).filter((each) => each.retired).map(({ code }) => code);
  return codes.filter((code) => !retired.includes(code));
}

/**
 * Listens to the structure picker of one dialog: filter, pages, boxes, Select all (what the filter shows), all, none.
 */
export function listenToStructures(
  { engine, listeners }: { engine: EngineContext; listeners: Listeners },
  ids: StructurePickerIds,
  change: ChangeChoice,
): void {
  const searchOf = ({ identity }: Interaction) => searchAs(engine, identity.actor);

  listeners.action(ids.filter, { value: z.string() }, (interaction, filter) =>
    change(interaction, (choice) => ({ ...choice, filter: filter.slice(0, 200), page: 0 })),
  );
  listeners.action(
    new RegExp(`^${ids.page}_`),
    { value: z.object({ page: z.number().int().min(0) }) },
    (interaction, { page }) => change(interaction, (choice) => ({ ...choice, page })),
  );
  listeners.action(new RegExp(`^${ids.checked}_`), { value: z.array(z.string()) }, async (interaction) => {
    const checked = Object.values(interaction.values)
      .flatMap((block) => Object.entries(block))
      .filter(([actionId]) => actionId.startsWith(ids.checked))
      .flatMap(([, { selected_options }]) => selected_options?.map(({ value }) => value) ?? []);
    await change(interaction, async (choice) => {
      const { structures } = await structuresShown(searchOf(interaction), choice);
      const onPage = structures.map(({ code }) => code);
      return checkOnPage(choice, onPage, checked);
    });
  });
  listeners.action(ids.selectAll, { value: z.unknown() }, (interaction) =>
    change(interaction, async (choice) => addAll(choice, await searchOf(interaction).structureCodes(choice.filter))),
  );
  listeners.action(ids.clear, { value: z.unknown() }, (interaction) =>
    change(interaction, (choice) => ({ ...choice, structures: [] })),
  );
  listeners.action(ids.every, { value: z.object({ every: z.boolean() }) }, (interaction, { every }) =>
    change(interaction, (choice) => ({ ...choice, structures: every ? [ALL_STRUCTURES] : [] })),
  );
}
