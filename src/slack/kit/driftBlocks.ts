import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { CommonDrift, PackageDrift } from '../../engine/readModels/packageDrift.ts';
import { type Block, button, section } from './blocks.ts';
import { ACTIONS } from './ids.ts';
import type { Texts } from './texts/index.ts';
import { trendBars } from './trend.ts';
import { describePermission, describeValue } from './wording.ts';

/** How much of a package differs today, in permissions and people. */
export function driftTotals({ trend, counts }: PackageDrift): { cells: number; people: number } {
  return { cells: counts.reduce((sum, { cells }) => sum + cells, 0), people: trend.at(-1)?.people ?? 0 };
}

/** The last days of a package as a small picture, with its first and last number. */
export function trendText(texts: Texts, { trend }: PackageDrift): string {
  const cells = trend.map((day) => day.cells);
  return texts.drift.trend(trendBars(cells), cells.length, cells[0] ?? 0, cells.at(-1) ?? 0);
}

/**
 * Where most members differ in the same way: that perhaps the package should change, with the way to it for whoever
 * may. `actor` null: a message, whose readers' rights are not known.
 */
export function commonBlocks(texts: Texts, drift: PackageDrift, actor: Actor | null): Block[] {
  return drift.common.flatMap((common) => {
    const permission = drift.permissions.find(({ permissionId }) => permissionId === common.permissionId);
    if (!permission) return [];
    const { number } = drift.package;
    const { permissionId } = common;
    const offers = actor === null || mayDo(actor, 'define_packages');
    const way =
      common.value === null
        ? button(`${ACTIONS.offerRemoval}_${permissionId}`, texts.drift.remove, { number, permissionId })
        : button(`${ACTIONS.offerChange}_${permissionId}`, texts.drift.change, { number, permissionId });
    const told = commonText(texts, common, permission);
    return [section(told, offers ? { accessory: way } : {})];
  });
}

function commonText(
  texts: Texts,
  { value, param, people, members }: CommonDrift,
  permission: PackageDrift['permissions'][number],
): string {
  const what = describePermission(texts, permission);
  if (value === null) return texts.drift.commonDisabled(people, members, what);
  const wanted = describeValue(texts, permission.value, permission.param);
  return texts.drift.common(people, members, what, describeValue(texts, value, param ?? ''), wanted);
}
