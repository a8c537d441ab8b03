import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { PackageSummary } from '../../engine/readModels/packages.ts';
import { actions, button, input, type ModalContent, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** The list of packages with a filter that stays while paging. */
export function listView(
  texts: Texts,
  actor: Actor,
  { packages, total, text, page }: { packages: PackageSummary[]; total: number; text: string; page: number },
): ModalContent {
  const none = text ? texts.common.nothingFound(escapeText(text)) : texts.list.empty;
  return {
    title: texts.list.title,
    submit: texts.common.search,
    close: texts.common.close,
    blocks: [
      // A redrawn input keeps what was typed unless its block is a new one
      input(
        `list_filter_${text}`,
        texts.list.filter,
        textInput(ACTIONS.listFilter, { initial: text, max: 200, onEnter: true }),
        {
          optional: true,
          dispatch: true,
        },
      ),
      ...(mayDo(actor, 'define_packages')
        ? actions('list_actions', [button(ACTIONS.newPackage, texts.dashboard.newPackage, {}, { style: 'primary' })])
        : []),
      ...(packages.length === 0 ? [section(none)] : packages.map((each) => packageRow(texts, each))),
      ...pager(texts, ACTIONS.listPage, { page, total }),
    ],
  };
}

function packageRow(texts: Texts, pack: PackageSummary) {
  const state = pack.state === 'active' ? '' : ` · :no_entry: ${texts.states.disabled}`;
  const counts = texts.list.counts(pack.permissions, pack.active, pack.former);
  return section(`${packageName(texts, pack)}${state}\n${escapeText(pack.description)}\n_${counts}_`, {
    accessory: button(ACTIONS.openPackage, texts.list.open, { number: pack.number }),
  });
}
