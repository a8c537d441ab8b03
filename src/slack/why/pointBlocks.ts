import type { Button } from '@slack/types';
import type { AccessPoint } from '../../engine/core/explainAccess.ts';
import { type Actor, type MetaPermission, mayDo } from '../../engine/core/metaPermissions.ts';
import { type Block, button, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeValue, packageName } from '../kit/wording.ts';

/** Who would fix a point, of whom; nobody where there is no room for the window that it takes. */
export interface Fixer {
  actor: Actor | null;
  userId: number;
}

/** What keeps a person from a permission, and beside it the one action that fixes it, for those who may. */
export function pointBlocks(texts: Texts, { actor, userId }: Fixer, point: AccessPoint): Block[] {
  const fix = fixOf(texts, userId, point);
  const accessory = fix && actor && mayDo(actor, fix.needs) ? { accessory: fix.button } : {};
  return [section(`:arrow_right: ${pointText(texts, point)}`, accessory)];
}

function pointText(texts: Texts, point: AccessPoint): string {
  const { points } = texts.explain;
  switch (point.kind) {
    case 'denied':
      return points.denied;
    case 'no_source':
      return points.noSource(point.packages.map((each) => packageName(texts, each)).join(', '));
    case 'divergent':
      return points.divergent(packageName(texts, point.package), describeValue(texts, point.value, point.param));
    case 'not_given':
      return points.notGiven(packageName(texts, point.package), describeValue(texts, point.value, point.param));
    case 'suspended':
      return points.suspended(packageName(texts, point.package));
    case 'package_disabled':
      return points.packageDisabled(packageName(texts, point.package));
    case 'former':
      return points.former(packageName(texts, point.package));
    case 'removed':
      return points.removed(packageName(texts, point.package));
  }
}

/** The action that would fix a point, and what it needs; none where nothing can be pointed at. */
function fixOf(texts: Texts, userId: number, point: AccessPoint): { button: Button; needs: MetaPermission } | null {
  const { fixes } = texts.explain;
  switch (point.kind) {
    case 'denied':
      return { needs: 'manage_permissions', button: button(ACTIONS.manage, texts.manage.title, { userId }) };
    case 'divergent':
    case 'not_given': {
      const scope = { number: point.package.number, userId };
      return { needs: 'sync_packages', button: button(ACTIONS.openSync, fixes.sync, scope) };
    }
    case 'former':
      return { needs: 'assign_packages', button: assignButton(texts.details.reassign, point.package.number, userId) };
    case 'no_source': {
      const [first] = point.packages;
      if (!first) return null;
      return { needs: 'assign_packages', button: assignButton(fixes.assign(first.number), first.number, userId) };
    }
    case 'suspended':
    case 'package_disabled':
    case 'removed': {
      const { number } = point.package;
      return { needs: 'define_packages', button: button(ACTIONS.openPackage, fixes.open(number), { number }) };
    }
  }
}

function assignButton(label: string, number: number, userId: number): Button {
  return button(ACTIONS.assign, label, { number, userId });
}
