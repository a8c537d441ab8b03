// @ts-check
import { h, uniqueId } from './dom.js';
import { elementNode } from './elements.js';
import { emojiNodes } from './emoji.js';
import { mrkdwnNodes, textNodes } from './mrkdwn.js';
import { richTextNodes } from './richText.js';
import { wordsFor } from './words.js';

/** @typedef {import('./interaction.js').Place} Place */

/** Blocks of a message, a modal or a Home tab. @param {any[]} blocks @param {Place} place @returns {HTMLElement[]} */
export function blockNodes(blocks, place) {
  return blocks.map((block) => {
    const node = blockNode(block, place);
    node.classList.add('block', `block-${block.type.replace('_', '-')}`);
    node.setAttribute('data-block-id', block.block_id);
    return node;
  });
}

/** @param {any} block @param {Place} place @returns {HTMLElement} */
function blockNode(block, place) {
  const { store } = place;
  switch (block.type) {
    case 'section':
      return section(block, place);
    case 'header':
      return h('h3', {}, textNodes(block.text, store));
    case 'divider':
      return h('hr');
    case 'context':
      return h(
        'div',
        {},
        block.elements.map((/** @type {any} */ element) => contextNode(element, place)),
      );
    case 'actions':
      return h(
        'div',
        {},
        block.elements.map((/** @type {any} */ element) => elementNode(element, block, place)),
      );
    case 'image':
      return h(
        'figure',
        {},
        block.title && h('figcaption', {}, textNodes(block.title, store)),
        h('img', { src: block.image_url, alt: block.alt_text }),
      );
    case 'input':
      return input(block, place);
    case 'rich_text':
      return h('div', { class: 'rich-text' }, richTextNodes(block, store));
    case 'markdown':
      return h('div', {}, mrkdwnNodes(block.text.replaceAll('**', '*'), store));
    default:
      return h('div', { class: 'hint' }, `A block of type ${block.type} cannot be shown here.`);
  }
}

/** @param {any} block @param {Place} place */
function section(block, place) {
  const fields = (block.fields ?? []).map((/** @type {any} */ field) => h('div', {}, textNodes(field, place.store)));
  const body = h(
    'div',
    { class: 'section-body' },
    block.text && h('div', { class: 'section-text' }, textNodes(block.text, place.store)),
    fields.length > 0 && h('div', { class: 'fields' }, fields),
  );
  const accessory = block.accessory && elementNode(block.accessory, block, place);
  const isWide = block.accessory && /select|picker|checkboxes|radio/.test(block.accessory.type);
  return h('div', {}, body, accessory && h('div', { class: isWide ? 'accessory wide' : 'accessory' }, accessory));
}

/** @param {any} element @param {Place} place */
function contextNode(element, place) {
  if (element.type === 'image') return h('img', { src: element.image_url, alt: element.alt_text });
  return h('span', {}, textNodes(element, place.store));
}

/** @param {any} block @param {Place} place */
function input(block, place) {
  const labelId = uniqueId('label');
  const error = place.errors[block.block_id];
  return h(
    'div',
    { class: error ? 'has-error' : '' },
    h(
      'div',
      { class: 'label', id: labelId },
      emojiNodes(block.label.text),
      block.optional && h('span', { class: 'optional' }, ` ${wordsFor(place.store).optional}`),
    ),
    elementNode(block.element, block, place, labelId),
    error && h('div', { class: 'error', role: 'alert' }, h('span', { 'aria-hidden': 'true' }, '⚠'), ` ${error}`),
    block.hint && h('div', { class: 'hint' }, textNodes(block.hint, place.store)),
  );
}
