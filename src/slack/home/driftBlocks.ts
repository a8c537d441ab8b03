import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { DriftingPackage, DriftOverview } from '../../engine/readModels/driftOverview.ts';
import { actions, type Block, button, context, header, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** Drift by package: those with most of it, each with the way to its cure. */
export function driftBlocks(texts: Texts, actor: Actor, drift: DriftOverview): Block[] {
  const { home } = texts;
  if (drift === 'not_scanned') return [header(home.drift), section(home.driftNotScanned)];
  const more = drift.total - drift.packages.length;
  return [
    header(home.drift),
    ...(drift.total === 0 ? [section(home.noDrift)] : drift.packages.map((each) => driftRow(texts, actor, each))),
    ...(more > 0 ? [context(home.moreDrift(more))] : []),
    ...actions('home_drift', [button(ACTIONS.openDrift, texts.drift.button)]),
  ];
}

function driftRow(texts: Texts, actor: Actor, { number, name, cells, people }: DriftingPackage): Block {
  const syncs = mayDo(actor, 'sync_packages');
  const accessory = syncs
    ? button(ACTIONS.openSync, texts.sync.sync, { number })
    : button(ACTIONS.openPackage, texts.list.open, { number });
  const row = texts.home.driftRow(packageName(texts, { number, name }), cells, people);
  return section(row, { accessory });
}
