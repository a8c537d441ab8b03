import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { ListedApplication, ListedStructure, MainFinding } from '../../engine/readModels/catalog.ts';
import {
  actions,
  type Block,
  button,
  context,
  input,
  type ModalContent,
  option,
  overflow,
  section,
  textInput,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import type { CatalogState } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { menuChoice } from './menuChoice.ts';

const TABS = ['applications', 'structures', 'check'] as const;

/** One page of one of the lists. */
export type CatalogList =
  | { tab: 'applications'; applications: ListedApplication[]; total: number }
  | { tab: 'structures'; structures: ListedStructure[]; total: number }
  | { tab: 'check'; findings: MainFinding[]; total: number };

/**
 * The catalogue: applications, the tree of structures, and what lacks an entry permission; with a filter that stays.
 */
export function catalogView(texts: Texts, actor: Actor, list: CatalogList, state: CatalogState): ModalContent {
  const { tab, text, page, note } = state;
  const words = texts.catalog;
  const none = text && tab !== 'check' ? words.nothingFound(escapeText(text)) : words.empty[tab];
  return {
    title: words.title,
    submit: texts.common.search,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      ...actions(
        'catalog_tabs',
        TABS.map((each) =>
          button(
            `${ACTIONS.catalogTab}_${each}`,
            words.tabs[each],
            { tab: each },
            each === tab ? { style: 'primary' } : {},
          ),
        ),
      ),
      input(
        // A redrawn input keeps what was typed unless its block is a new one
        `catalog_filter_${tab}_${text}`,
        words.filter[tab],
        textInput(ACTIONS.catalogFilter, { initial: text, max: 200, onEnter: true }),
        { optional: true, dispatch: true },
      ),
      ...(mayDo(actor, 'manage_catalog') ? newButton(texts, tab) : []),
      ...(list.total === 0 ? [section(none)] : rows(texts, actor, list)),
      ...pager(texts, ACTIONS.catalogPage, { page, total: list.total }),
    ],
  };
}

function newButton(texts: Texts, tab: CatalogState['tab']): Block[] {
  if (tab === 'check') return [];
  const kind = tab === 'applications' ? 'application' : 'structure';
  return actions('catalog_new', [
    button(ACTIONS.catalogNew, texts.catalog.new[kind], { kind, parent: null }, { style: 'primary' }),
  ]);
}

function rows(texts: Texts, actor: Actor, list: CatalogList): Block[] {
  switch (list.tab) {
    case 'applications':
      return list.applications.map((each) => applicationRow(texts, each));
    case 'structures':
      return list.structures.map((each) => structureRow(texts, actor, each));
    case 'check':
      return [context(texts.catalog.checkIntro), ...list.findings.map((each) => findingRow(texts, each))];
    default:
      return list satisfies never;
  }
}

function applicationRow(texts: Texts, application: ListedApplication): Block {
  const { id, key, name, retired, mainName, offered, withdrawn } = application;
  const words = texts.catalog;
  const main = mainName === null ? words.noMain : words.main(escapeText(mainName));
  const counts = [words.counts(offered, withdrawn), ...(offered > 0 ? [main] : [])].join(' · ');
  return section(
    `${retired ? words.dots.retired : words.dots.offered} · *${escapeText(name)}* \`${escapeText(key)}\`\n_${counts}_`,
    { accessory: button(ACTIONS.catalogApplication, words.open, { id }) },
  );
}

function structureRow(texts: Texts, actor: Actor, structure: ListedStructure): Block {
  const { id, code, name, retired, depth, people } = structure;
  const words = texts.catalog;
  const label = `${branch(depth)}*${escapeText(code)}* ${escapeText(name)} · ${words.directly(people)}`;
  const choices = retired ? (['restore'] as const) : (['edit', 'below', 'retire'] as const);
  return section(retired ? `${label} · ${words.dots.retired}` : label, {
    ...(mayDo(actor, 'manage_catalog') && {
      accessory: overflow(
        `${ACTIONS.catalogMenu}_structure_${id}`,
        choices.map((choice) => option(words.menu[choice], menuChoice(choice, 'structure', id))),
      ),
    }),
  });
}

/** Shows how deep a structure stands: Slack swallows spaces at the beginning of a text. */
function branch(depth: number): string {
  return depth === 0 ? '' : `${'│\u2003'.repeat(depth - 1)}└ `;
}

function findingRow(texts: Texts, finding: MainFinding): Block {
  const words = texts.catalog.lacking;
  const [application, main] = [escapeText(finding.applicationName), escapeText(finding.mainName)];
  const name = finding.name ?? '';
  switch (finding.kind) {
    case 'package': {
      const number = finding.ref ?? 0;
      const accessory = button(ACTIONS.openPackage, texts.catalog.open, { number });
      return section(words.package(application, packageName(texts, { number, name }), main), { accessory });
    }
    case 'profile':
      return section(words.profile(application, escapeText(name), main));
    case 'people': {
      const rest = finding.people - finding.names.length;
      const names = `${finding.names.map(escapeText).join(', ')}${rest > 0 ? texts.catalog.more(rest) : ''}`;
      return section(words.people(application, finding.people, main, names));
    }
    default:
      return finding.kind satisfies never;
  }
}
