import type { CatalogPermission } from '../../engine/readModels/search.ts';
import { type Block, input, option, section, staticSelect } from './blocks.ts';
import { chosenOption, type Values } from './payloads.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';

/** The value of a permission, chosen among its levels; where it has only one there is nothing to choose. */
export function levelBlocks(
  texts: Texts,
  actionId: string,
  permission: CatalogPermission,
  value: string | null,
): Block[] {
  const label = texts.permissionValue;
  const [only, ...others] = permission.levels;
  if (only !== undefined && others.length === 0) return [section(label.switchLevel(escapeText(only)))];
  const levels = permission.levels.map((level, index) => option(level, String(index)));
  const chosen = String(Math.max(0, permission.levels.indexOf(value ?? '')));
  return [input(`level_${permission.id}`, label.level, staticSelect(actionId, levels, chosen))];
}

/**
 * The level chosen in a view; `otherwise`, or the lowest level, where the view asks for none. What is no option of the
 * select comes back as it is, for the engine to refuse.
 */
export function chosenLevel(
  { levels }: CatalogPermission,
  values: Values,
  actionId: string,
  otherwise: string | null,
): string {
  const index = chosenOption(values, actionId);
  if (index === null) return otherwise ?? levels[0] ?? '';
  return levels[Number(index)] ?? index;
}
