// @ts-check
import { h } from './dom.js';
import { field } from './fields.js';
import { fileInput } from './files.js';
import { dispatch, ids } from './interaction.js';
import { choiceList, overflow, select } from './menus.js';
import { textNodes } from './mrkdwn.js';

/** @typedef {import('./interaction.js').Place} Place */

/**
 * Any interactive element.
 * @param {any} element @param {any} block @param {Place} place @param {string} [labelId] of an input block
 * @returns {HTMLElement}
 */
export function elementNode(element, block, place, labelId) {
  const { type } = element;
  if (type === 'image') return h('img', { class: 'accessory-image', src: element.image_url, alt: element.alt_text });
  if (type === 'button') return button(element, block, place);
  if (type === 'overflow') return overflow(element, block, place);
  if (type.endsWith('_select')) return select(element, block, place);
  if (type === 'checkboxes' || type === 'radio_buttons') return choiceList(element, block, place, labelId);
  if (type === 'file_input') return fileInput(element, block, place, labelId);
  return field(element, block, place, labelId);
}

/** @param {any} element @param {any} block @param {Place} place */
function button(element, block, place) {
  const node = h('button', {
    type: 'button',
    class: `button ${element.style ?? ''}`,
    'aria-label': element.accessibility_label,
    ...ids(element),
  });
  node.append(h('span', {}, textNodes(element.text, place.store)));
  node.addEventListener('click', async () => {
    if (element.url) window.open(element.url, '_blank', 'noopener');
    await dispatch(element, block, place, undefined, () => {
      node.classList.add('busy');
      node.setAttribute('aria-busy', 'true');
    });
    node.classList.remove('busy');
    node.removeAttribute('aria-busy');
  });
  return node;
}
