import { typedLevels } from '../../engine/core/catalogEntry.ts';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { EngineErrors } from '../../engine/errors.ts';
import type { NamedStructure, PermissionForm } from '../../engine/readModels/catalogForms.ts';
import {
  type Block,
  checkboxes,
  context,
  externalSelect,
  input,
  type ModalContent,
  option,
  section,
  staticSelect,
  textInput,
} from '../kit/blocks.ts';
import { countUses } from '../kit/catalogUses.ts';
import { ACTIONS } from '../kit/ids.ts';
import { LIMITS } from '../kit/limits.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import type { CatalogDraft } from './formDraft.ts';
import { useRows } from './useRows.ts';

/** What a name may have in a form; an import may bring longer ones. */
const NAME = 120;
const LONGEST_NAME = 300;
const KEY = 100;

/** What is stored of what a form is about. */
export type FormFacts =
  | { kind: 'application'; key: string | null }
  | { kind: 'permission'; form: PermissionForm }
  | { kind: 'structure'; code: string | null; parent: NamedStructure | null };

export interface FormScreen {
  draft: CatalogDraft;
  facts: FormFacts;
  /** What keeps what was typed from being saved; null where nothing is known to. */
  refusal: EngineErrors['in_use'] | null;
  /** Changes with each redrawing, because Slack keeps what stands in a block that it knows. */
  revision: number;
}

/** The form of a new or edited application, permission or structure. */
export function formView(texts: Texts, actor: Actor, screen: FormScreen): ModalContent {
  const { draft, refusal, revision } = screen;
  const words = texts.catalog.form;
  return {
    title: words.titles[draft.kind],
    submit: draft.kind.startsWith('new_') ? words.create : texts.common.save,
    close: texts.common.cancel,
    blocks: [
      ...(refusal ? [section(refusalText(texts, refusal)), ...useRows(texts, actor, refusal.uses)] : []),
      ...fields(texts, screen).map((block) =>
        block.type === 'input' ? { ...block, block_id: `${block.block_id}_${revision}` } : block,
      ),
    ],
  };
}

function refusalText(texts: Texts, { field, what, uses }: EngineErrors['in_use']): string {
  const counted = countUses(texts, uses);
  const words = texts.catalog.form;
  return field === 'scope' ? words.blockedScope(counted) : words.blocked(escapeText(what), counted);
}

function fields(texts: Texts, { draft, facts }: FormScreen): Block[] {
  const words = texts.catalog.form;
  switch (facts.kind) {
    case 'application':
      if (draft.kind !== 'new_application') return [...fixed(words.key, facts.key), nameInput(texts, draft.name)];
      return [
        keyInput(words.key, words.keyHint, draft.key),
        nameInput(texts, draft.name),
        input(
          'entry_name',
          words.entryName,
          textInput(ACTIONS.catalogEntryName, { initial: draft.entryName, max: NAME }),
          {
            ...{ optional: true, hint: words.entryNameHint },
          },
        ),
        input('entry_key', words.entryKey, textInput(ACTIONS.catalogEntryKey, { initial: draft.entryKey, max: KEY }), {
          ...{ optional: true, hint: words.entryKeyHint },
        }),
      ];
    case 'permission':
      return draft.kind === 'permission' || draft.kind === 'new_permission'
        ? permissionFields(texts, draft, facts.form)
        : [];
    case 'structure':
      return draft.kind === 'structure' || draft.kind === 'new_structure' ? structureFields(texts, draft, facts) : [];
    default:
      return facts satisfies never;
  }
}

function permissionFields(
  texts: Texts,
  draft: Extract<CatalogDraft, { levels: string }>,
  { application, permission, main, given }: PermissionForm,
): Block[] {
  const words = texts.catalog.form;
  const scopes = (['none', 'structures'] as const).map((scope) => option(words.scopes[scope], scope));
  const isMain = permission !== null && main?.id === permission.id;
  const levels = textInput(ACTIONS.catalogLevels, { initial: draft.levels, multiline: true });
  return [
    section(`*${escapeText(application.name)}*`),
    ...(draft.kind === 'new_permission'
      ? [keyInput(words.key, words.keyHint, draft.key)]
      : fixed(words.key, permission?.key ?? null)),
    nameInput(texts, draft.name),
    ...(given > 0 ? [context(words.order(given))] : []),
    // More than an input takes can be changed by an import alone: cut, values would be lost
    ...(draft.levels.length > LIMITS.inputText
      ? [section(texts.catalog.lowestFirst(typedLevels(draft.levels).map(escapeText).join(' < ')))]
      : [input('levels', words.levels, levels, { hint: words.levelsHint })]),
    input('scope', words.scope, staticSelect(ACTIONS.catalogScope, scopes, draft.scope), {
      ...(permission?.scope === 'none' && { hint: words.scopeHint }),
    }),
    input(
      'main',
      words.main,
      checkboxes(ACTIONS.catalogMain, [option(words.mainOption, 'main')], draft.main ? ['main'] : []),
      { optional: true },
    ),
    ...(isMain ? [] : [context(main ? words.mainMoves(escapeText(main.name)) : words.mainNone)]),
  ];
}

function structureFields(
  texts: Texts,
  draft: Extract<CatalogDraft, { parentId: number | null }>,
  { code, parent }: Extract<FormFacts, { kind: 'structure' }>,
): Block[] {
  const words = texts.catalog.form;
  const chosen = parent ? structureOption(parent) : topOption(texts);
  return [
    ...(draft.kind === 'new_structure' ? [keyInput(words.code, words.codeHint, draft.key)] : fixed(words.code, code)),
    nameInput(texts, draft.name),
    input('parent', words.parent, externalSelect(ACTIONS.catalogParent, words.parentPlaceholder, chosen), {
      ...(draft.kind === 'structure' && { hint: words.parentHint }),
    }),
  ];
}

/** A structure to hang another below. */
export function structureOption({ id, code, name }: NamedStructure) {
  return option(`${code} · ${name}`, String(id));
}

/** Hanging a structure below none. */
export function topOption(texts: Texts) {
  return option(texts.catalog.form.top, '0');
}

function fixed(label: string, key: string | null): Block[] {
  return key === null ? [] : [context(`${label}: \`${escapeText(key)}\``)];
}

function keyInput(label: string, hint: string, initial: string) {
  return input('key', label, textInput(ACTIONS.catalogKey, { initial, max: KEY }), { hint });
}

function nameInput(texts: Texts, initial: string) {
  const max = Math.min(LONGEST_NAME, Math.max(NAME, initial.length));
  return input('name', texts.catalog.form.name, textInput(ACTIONS.catalogName, { initial, max }));
}
