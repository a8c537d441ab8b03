import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { DriftChannels } from '../../engine/readModels/driftPage.ts';
import type { PackageDrift } from '../../engine/readModels/packageDrift.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { commonBlocks, driftTotals, trendText } from '../kit/driftBlocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, packageName } from '../kit/wording.ts';

/** Permissions whose drift is shown by status; the sync shows all. */
const SHOWN = 40;

export interface PackageDriftScreen {
  drift: PackageDrift;
  channels: DriftChannels;
  snoozedUntil: Date | null;
  note: string | undefined;
}

/** The drift of one package: by permission and status, how it went, and what can be done. */
export function packageDriftView(texts: Texts, actor: Actor, screen: PackageDriftScreen): ModalContent {
  const { drift, channels, snoozedUntil, note } = screen;
  const { cells, people } = driftTotals(drift);
  return {
    title: texts.drift.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      section(
        `*${packageName(texts, drift.package).replaceAll('*', '')}*\n${cells === 0 ? texts.drift.none : texts.drift.total(cells, people)}`,
      ),
      context(trendText(texts, drift)),
      ...commonBlocks(texts, drift, actor),
      ...(snoozedUntil ? [context(texts.drift.digest.snoozed(texts.moment(snoozedUntil)))] : []),
      context(channelText(texts, channels)),
      ...actions('package_drift_actions', buttons(texts, actor, screen, cells)),
      divider(),
      ...permissionBlocks(texts, drift),
    ],
  };
}

function channelText(texts: Texts, { organization, package: own }: DriftChannels): string {
  const { channels } = texts.drift;
  if (own !== null) return channels.own(`<#${own}>`);
  return organization === null ? channels.nowhere : channels.inherited(`<#${organization}>`);
}

function buttons(texts: Texts, actor: Actor, { drift, snoozedUntil }: PackageDriftScreen, cells: number) {
  const { number } = drift.package;
  const decides = mayDo(actor, 'sync_packages');
  return [
    ...(decides && cells > 0
      ? [
          button(ACTIONS.openSync, texts.drift.review, { number, shown: 'drift' }, { style: 'primary' }),
          button(ACTIONS.driftAccept, texts.drift.accept.button, { number }),
        ]
      : []),
    ...(decides && snoozedUntil ? [button(ACTIONS.driftWake, texts.drift.wake.button, { number })] : []),
    ...(mayDo(actor, 'define_packages') ? [button(ACTIONS.driftChannel, texts.drift.channels.set, { number })] : []),
    button(ACTIONS.driftBack, texts.drift.toList),
  ];
}

function permissionBlocks(texts: Texts, { permissions, counts }: PackageDrift): Block[] {
  const drifting = permissions.filter(({ permissionId }) => counts.some((each) => each.permissionId === permissionId));
  return drifting.slice(0, SHOWN).map((permission) => {
    const kinds = counts
      .filter(({ permissionId }) => permissionId === permission.permissionId)
      .map(({ kind, cells }) => texts.drift.kind(texts.statuses[kind], cells));
    return section(texts.drift.counted(describePermission(texts, permission), kinds.join(' · ')));
  });
}
