// @ts-check
import { h, uniqueId } from './dom.js';
import { closePopup, openPopup } from './popup.js';

/**
 * @typedef {{ key: string, label: string, description?: string, data: any }} Choice
 * @typedef {{ label: string | null, choices: Choice[] }} ChoiceGroup
 * @typedef {ReturnType<typeof import('./words.js').wordsFor>} Words
 */

const TYPING_PAUSE_MS = 200;

/**
 * A select menu that can be searched. Static menus filter what they have, external ones ask again at each pause.
 * @param {{
 *   label: string, words: Words, placeholder: string, isMany: boolean, isClearable: boolean, limit?: number | undefined, chosen: Choice[],
 *   load: (query: string) => Promise<ChoiceGroup[]>, isRemote: boolean, minQuery?: number,
 *   onChange: (chosen: Choice[]) => void, attributes: Record<string, any>,
 * }} options
 * @returns {HTMLElement}
 */
export function combobox(options) {
  let { chosen } = options;
  /** @type {Choice[]} */
  let shown = [];
  let active = -1;
  let isOpen = false;
  let request = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const listId = uniqueId('list');
  const list = h('div', { class: 'listbox', role: 'listbox', id: listId, 'aria-label': options.label });
  const input = h('input', {
    class: 'combo-input',
    role: 'combobox',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': listId,
    'aria-label': options.label,
    ...options.attributes,
  });
  const chips = h('span', { class: 'chips' });
  const clear = h('button', { type: 'button', class: 'combo-clear', 'aria-label': 'Clear', tabIndex: -1 }, '×');
  const box = h('div', { class: options.isMany ? 'combo many' : 'combo' }, chips, input, clear);

  const showChosen = () => {
    chips.replaceChildren(...(options.isMany ? chosen.map(chip) : []));
    if (!isOpen && !options.isMany) input.value = chosen[0]?.label ?? '';
    input.placeholder =
      chosen.length === 0 || (isOpen && !options.isMany) ? (chosen[0]?.label ?? options.placeholder) : '';
    clear.hidden = !options.isClearable || chosen.length === 0;
  };

  /** @param {Choice} choice */
  const chip = (choice) => {
    const remove = h('button', { type: 'button', class: 'chip-remove', 'aria-label': `Remove ${choice.label}` }, '×');
    remove.addEventListener('click', (/** @type {Event} */ event) => {
      event.stopPropagation();
      change(chosen.filter((one) => one.key !== choice.key));
    });
    return h('span', { class: 'chip' }, choice.label, remove);
  };

  /** @param {Choice[]} next */
  const change = (next) => {
    chosen = next;
    showChosen();
    options.onChange(chosen);
  };

  /** @param {Choice} choice */
  const choose = (choice) => {
    const isChosen = chosen.some((one) => one.key === choice.key);
    if (!options.isMany) {
      close();
      if (!isChosen) change([choice]);
      else showChosen();
      return;
    }
    input.value = '';
    if (isChosen) change(chosen.filter((one) => one.key !== choice.key));
    else if (options.limit === undefined || chosen.length < options.limit) change([...chosen, choice]);
    void search();
    input.focus();
  };

  const markActive = () => {
    const rows = [...list.querySelectorAll('[role=option]')];
    rows.forEach((row, index) => {
      row.classList.toggle('active', index === active);
    });
    const row = rows[active];
    row?.scrollIntoView({ block: 'nearest' });
    if (row) input.setAttribute('aria-activedescendant', row.id);
    else input.removeAttribute('aria-activedescendant');
  };

  const search = async () => {
    request += 1;
    const number = request;
    const query = input.value.trim();
    if (query.length < (options.minQuery ?? 0)) {
      const missing = (options.minQuery ?? 0) - query.length;
      list.replaceChildren(note(options.words.typeMore(missing)));
      shown = [];
      return;
    }
    if (options.isRemote) list.replaceChildren(loadingNode(options.words));
    const groups = await options.load(query);
    if (number !== request || !isOpen) return;
    shown = groups.flatMap((group) => group.choices);
    active = shown.length > 0 ? 0 : -1;
    list.replaceChildren(...groups.flatMap(groupNodes), ...(shown.length === 0 ? [note(options.words.noResults)] : []));
    markActive();
  };

  /** @param {ChoiceGroup} group @returns {Node[]} */
  const groupNodes = (group) => [
    ...(group.label ? [h('div', { class: 'list-group' }, group.label)] : []),
    ...group.choices.map((choice) => {
      const isChosen = chosen.some((one) => one.key === choice.key);
      const text = h(
        'span',
        { class: 'choice-text' },
        choice.label,
        choice.description && h('small', {}, choice.description),
      );
      const props = { class: 'choice', role: 'option', id: uniqueId('option'), 'aria-selected': String(isChosen) };
      const row = h('div', { ...props, 'data-value': choice.key }, text, isChosen && h('span', { class: 'tick' }, '✓'));
      row.addEventListener('pointerdown', (/** @type {Event} */ event) => event.preventDefault());
      row.addEventListener('click', () => choose(choice));
      return row;
    }),
  ];

  /** @param {boolean} keepsText whether what stands in the field is already a query */
  const open = (keepsText) => {
    if (isOpen) return;
    isOpen = true;
    if (!keepsText) input.value = '';
    input.setAttribute('aria-expanded', 'true');
    showChosen();
    openPopup(box, list, { matchWidth: true, onClose: closed });
    void search();
  };
  const closed = () => {
    isOpen = false;
    request += 1;
    input.setAttribute('aria-expanded', 'false');
    if (options.isMany) input.value = '';
    showChosen();
  };
  const close = () => {
    if (isOpen) closePopup();
  };

  input.addEventListener('focus', () => input.select());
  input.addEventListener('click', () => open(false));
  input.addEventListener('blur', close);
  input.addEventListener('input', () => {
    open(true);
    // What is on the list belongs to the query before: Enter must not choose from it any more.
    request += 1;
    shown = [];
    active = -1;
    if (options.isRemote) list.replaceChildren(loadingNode(options.words));
    clearTimeout(timer);
    timer = setTimeout(() => void search(), options.isRemote ? TYPING_PAUSE_MS : 0);
  });
  input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) open(false);
      else if (shown.length > 0) active = (active + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length;
      markActive();
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      const choice = shown[active];
      if (choice) choose(choice);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && options.isMany && input.value === '') {
      change(chosen.slice(0, -1));
    }
  });
  clear.addEventListener('click', () => change([]));
  box.addEventListener('click', (/** @type {Event} */ event) => {
    if (event.target !== box && event.target !== chips) return;
    input.focus();
    open(false);
  });
  showChosen();
  return box;
}

/** @param {Words} words */
function loadingNode(words) {
  return h('div', { class: 'list-note' }, h('span', { class: 'spinner' }), words.loading);
}

/** @param {string} text */
function note(text) {
  return h('div', { class: 'list-note' }, text);
}

/**
 * Filters choices that are all known.
 * @param {ChoiceGroup[]} groups @param {string} query @returns {ChoiceGroup[]}
 */
export function filterChoices(groups, query) {
  const wanted = query.toLowerCase();
  return groups
    .map((group) => ({
      label: group.label,
      choices: group.choices.filter((one) => `${one.label} ${one.description ?? ''}`.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.choices.length > 0);
}
