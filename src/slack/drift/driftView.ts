import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { DriftingPackage } from '../../engine/readModels/driftOverview.ts';
import type { DriftPage } from '../../engine/readModels/driftPage.ts';
import { actions, type Block, button, context, input, type ModalContent, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

export interface DriftScreen {
  found: DriftPage;
  text: string;
  page: number;
  note: string | undefined;
}

/** The packages with drift, when everything was last looked at, and where drift is told. */
export function driftView(texts: Texts, actor: Actor, { found, text, page, note }: DriftScreen): ModalContent {
  const { drift } = texts;
  const { scannedAt, channel, packages, total } = found;
  const none = text ? texts.common.nothingFound(escapeText(text)) : drift.none;
  return {
    title: drift.title,
    submit: texts.common.search,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      context(scannedAt ? drift.scanned(texts.moment(scannedAt)) : drift.neverScanned),
      context(channel === null ? drift.channels.noOrganization : drift.channels.organization(`<#${channel}>`)),
      ...actions('drift_actions', [
        ...(mayDo(actor, 'sync_packages') ? [button(ACTIONS.driftScan, drift.scanNow)] : []),
        ...(mayDo(actor, 'administer') ? [button(ACTIONS.driftChannel, drift.channels.set, { number: null })] : []),
      ]),
      // A redrawn input keeps what was typed unless its block is a new one
      input(
        `drift_filter_${text}`,
        drift.filter,
        textInput(ACTIONS.driftFilter, { initial: text, max: 200, onEnter: true }),
        { optional: true, dispatch: true },
      ),
      ...(scannedAt === null ? [] : packages.length === 0 ? [section(none)] : packages.map((each) => row(texts, each))),
      ...pager(texts, ACTIONS.driftPage, { page, total }),
    ],
  };
}

function row(texts: Texts, { number, name, cells, people }: DriftingPackage): Block {
  return section(texts.drift.row(packageName(texts, { number, name }), cells, people), {
    accessory: button(`${ACTIONS.openPackageDrift}_${number}`, texts.drift.details, { number }),
  });
}
