// @ts-check
import { formatDate } from './dates.js';
import { h } from './dom.js';
import { emojiNode } from './emoji.js';
import { channelNode, linkNode, personNode } from './mrkdwn.js';

/** @typedef {import('./store.js').Store} Store */

/** A `rich_text` block as DOM nodes. @param {any} block @param {Store} store @returns {Node[]} */
export function richTextNodes(block, store) {
  return block.elements.map((/** @type {any} */ part) => partNode(part, store));
}

/** @param {any} part @param {Store} store @returns {Node} */
function partNode(part, store) {
  const leaves = () => part.elements.map((/** @type {any} */ leaf) => leafNode(leaf, store));
  switch (part.type) {
    case 'rich_text_quote':
      return h('blockquote', {}, leaves());
    case 'rich_text_preformatted':
      return h('pre', { class: 'code-block' }, leaves());
    case 'rich_text_list': {
      const items = part.elements.map((/** @type {any} */ item) => h('li', {}, partNode(item, store)));
      return h(part.style === 'ordered' ? 'ol' : 'ul', { class: `rich-list indent-${part.indent ?? 0}` }, items);
    }
    default:
      return h('div', {}, leaves());
  }
}

/** @param {any} leaf @param {Store} store @returns {Node} */
function leafNode(leaf, store) {
  let node = plainLeaf(leaf, store);
  const style = leaf.style ?? {};
  for (const [name, tag] of Object.entries({
    code: 'code',
    bold: 'strong',
    italic: 'em',
    strike: 's',
    underline: 'u',
  })) {
    if (style[name]) node = h(tag, {}, node);
  }
  return node;
}

/** @param {any} leaf @param {Store} store @returns {Node} */
function plainLeaf(leaf, store) {
  switch (leaf.type) {
    case 'link':
      return linkNode(leaf.url, leaf.text);
    case 'user':
      return personNode(leaf.user_id, store);
    case 'channel':
      return channelNode(leaf.channel_id, store);
    case 'emoji':
      return emojiNode(leaf.name);
    case 'date':
      return h('time', {}, formatDate(leaf.timestamp, leaf.format, store.person));
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${leaf.range}`);
    default:
      return h('span', { class: 'pre-line' }, leaf.text ?? leaf.value ?? '');
  }
}
