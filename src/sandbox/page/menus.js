// @ts-check
import { choicesFor } from './choices.js';
import { combobox } from './combobox.js';
import { h, uniqueId } from './dom.js';
import { withEmoji } from './emoji.js';
import { current, dispatch, enter, ids } from './interaction.js';
import { textNodes } from './mrkdwn.js';
import { openMenu } from './popup.js';
import { wordsFor } from './words.js';

/** @typedef {import('./interaction.js').Place} Place */

/** @param {any} element @param {any} block @param {Place} place */
export function overflow(element, block, place) {
  const props = { type: 'button', class: 'button icon', 'aria-haspopup': 'menu', 'aria-label': 'More actions' };
  const node = h('button', { ...props, ...ids(element) }, '⋯');
  node.addEventListener('click', () => {
    const items = element.options.map((/** @type {any} */ option) => ({
      label: [
        h('span', {}, textNodes(option.text, place.store)),
        ...(option.description ? [h('small', {}, textNodes(option.description, place.store))] : []),
      ],
      run: () => {
        if (option.url) window.open(option.url, '_blank', 'noopener');
        void dispatch(element, block, place, option.value);
      },
    }));
    openMenu(node, items);
  });
  return node;
}

/** @param {any} element @param {any} block @param {Place} place */
export function select(element, block, place) {
  const { store } = place;
  const words = wordsFor(store);
  const isMany = element.type.startsWith('multi_');
  const { load, read, write, isExternal } = choicesFor(
    element,
    { source: place.source, blockId: block.block_id },
    store,
  );
  const value = current(element, block, place);
  const label = block.label?.text ?? element.placeholder?.text ?? words.chooseOne;
  return combobox({
    label: withEmoji(label),
    words,
    placeholder: withEmoji(element.placeholder?.text ?? (isMany ? words.chooseMany : words.chooseOne)),
    isMany,
    isClearable: !isMany && block.optional === true,
    limit: element.max_selected_items,
    chosen: [value ?? []].flat().map(read),
    load,
    isRemote: isExternal,
    minQuery: isExternal ? (element.min_query_length ?? 3) : 0,
    onChange: (chosen) => {
      const written = chosen.map(write);
      enter(element, block, place, isMany ? written : (written[0] ?? null));
    },
    attributes: { ...ids(element), 'data-focus': element.focus_on_load },
  });
}

/** @param {any} element @param {any} block @param {Place} place @param {string} [labelId] */
export function choiceList(element, block, place, labelId) {
  const isRadio = element.type === 'radio_buttons';
  const name = uniqueId('choice');
  const value = [current(element, block, place) ?? []].flat();
  const initial = new Set(value.map((one) => (typeof one === 'object' ? one.value : one)));
  const rows = element.options.map((/** @type {any} */ option) => {
    const type = isRadio ? 'radio' : 'checkbox';
    const input = h('input', { type, name, value: option.value, checked: initial.has(option.value) });
    const text = h('span', { class: 'choice-label' }, textNodes(option.text, place.store));
    if (option.description) text.append(h('small', {}, textNodes(option.description, place.store)));
    return h('label', { class: 'choice-row', 'data-value': option.value }, input, text);
  });
  const role = isRadio ? 'radiogroup' : 'group';
  const node = h('div', { class: 'choice-list', role, 'aria-labelledby': labelId, ...ids(element) }, rows);
  node.addEventListener('change', () => {
    const chosen = [...node.querySelectorAll('input:checked')].map((input) => input.value);
    enter(element, block, place, isRadio ? (chosen[0] ?? null) : chosen);
  });
  return node;
}
