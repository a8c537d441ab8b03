// @ts-check
import { formatDate } from './dates.js';
import { h } from './dom.js';
import { emojiNode, emojiNodes } from './emoji.js';

/** @typedef {import('./store.js').Store} Store */

/** The inline forms, tried in this order at each position. `_` and `*` count only at the edge of a word. */
const INLINE =
  /<([^<>\n]+)>|`([^`\n]+)`|(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*?\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]*?\S)~(?![\w~])|:([a-z0-9_+-]+):/g;

/**
 * A text object as DOM nodes.
 * @param {any} text `{ type: 'mrkdwn' | 'plain_text', text }`
 * @param {Store} store
 * @returns {Node[]}
 */
export function textNodes(text, store) {
  if (!text) return [];
  if (text.type === 'plain_text') return lines(text.text);
  return mrkdwnNodes(text.text, store);
}

/** @param {string} source @param {Store} store @returns {Node[]} */
export function mrkdwnNodes(source, store) {
  return source.split(/```\n?([\s\S]*?)\n?```/g).flatMap((part, index) => {
    if (index % 2 === 1) return [h('pre', { class: 'code-block' }, unescaped(part))];
    return paragraphNodes(part, store);
  });
}

/** Lines, with quotes and list items taken together. @param {string} part @param {Store} store @returns {Node[]} */
function paragraphNodes(part, store) {
  /** @type {Node[]} */
  const nodes = [];
  const all = part.split('\n');
  for (let index = 0; index < all.length; index += 1) {
    const line = all[index] ?? '';
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const item = /^(\s*)([•◦▪–-]|\d+[.)])\s+(.*)$/.exec(line);
    if (quote) {
      const quoted = [quote[1] ?? ''];
      for (let next = quoteText(all[index + 1]); next !== undefined; next = quoteText(all[index + 1])) {
        quoted.push(next);
        index += 1;
      }
      nodes.push(h('blockquote', {}, paragraphNodes(quoted.join('\n'), store)));
    } else if (item) {
      const marker = item[2] === '-' ? '•' : item[2];
      const body = h('span', {}, inlineNodes(item[3] ?? '', store));
      nodes.push(h('div', { class: item[1] ? 'list-line nested' : 'list-line' }, h('span', {}, marker), body));
    } else {
      nodes.push(...inlineNodes(line, store));
      if (index < all.length - 1) nodes.push(h('br'));
    }
  }
  return nodes;
}

/** @param {string | undefined} line */
function quoteText(line) {
  return /^(?:&gt;|>) ?(.*)$/.exec(line ?? '')?.[1];
}

/** @param {string} text @param {Store} store @returns {Node[]} */
function inlineNodes(text, store) {
  /** @type {Node[]} */
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, entity, code, bold, italic, strike, emoji] = match;
    if (match.index > end) nodes.push(document.createTextNode(unescaped(text.slice(end, match.index))));
    if (entity !== undefined) nodes.push(entityNode(entity, store));
    else if (code !== undefined) nodes.push(h('code', {}, unescaped(code)));
    else if (bold !== undefined) nodes.push(h('strong', {}, inlineNodes(bold, store)));
    else if (italic !== undefined) nodes.push(h('em', {}, inlineNodes(italic, store)));
    else if (strike !== undefined) nodes.push(h('s', {}, inlineNodes(strike, store)));
    else nodes.push(emojiNode(emoji ?? ''));
    end = match.index + whole.length;
  }
  if (end < text.length) nodes.push(document.createTextNode(unescaped(text.slice(end))));
  return nodes;
}

/** What stands between `<` and `>`. @param {string} entity @param {Store} store @returns {Node} */
function entityNode(entity, store) {
  const bar = entity.indexOf('|');
  const target = bar < 0 ? entity : entity.slice(0, bar);
  const label = bar < 0 ? undefined : unescaped(entity.slice(bar + 1));
  if (target.startsWith('@')) return personNode(target.slice(1), store, label);
  if (target.startsWith('#')) return channelNode(target.slice(1), store, label);
  if (target.startsWith('!date^')) return dateNode(target, label, store);
  if (target.startsWith('!subteam^')) return userGroupNode(target.slice('!subteam^'.length), store, label);
  if (target.startsWith('!')) return h('span', { class: 'mention' }, label ?? `@${target.slice(1).split('^').pop()}`);
  return linkNode(unescaped(target), label);
}

/** @param {string} id @param {Store} store @param {string} [label] @returns {Node} */
export function personNode(id, store, label) {
  const isBot = id === store.info.bot.userId;
  const name = isBot ? store.info.bot.name : (store.personOf(id)?.realName ?? label ?? id);
  return h('span', { class: id === store.as ? 'mention mine' : 'mention', title: id }, `@${name}`);
}

/** @param {string} id @param {Store} store @param {string} [label] @returns {Node} */
export function channelNode(id, store, label) {
  const channel = store.info.channels.find((/** @type {any} */ one) => one.id === id);
  return h('span', { class: 'mention', title: id }, `#${channel?.name ?? label ?? id}`);
}

/** @param {string} id @param {Store} store @param {string} [label] @returns {Node} */
function userGroupNode(id, store, label) {
  const group = store.info.userGroups.find((/** @type {any} */ one) => one.id === id);
  return h('span', { class: 'mention', title: id }, `@${group?.handle ?? label ?? id}`);
}

/** @param {string} url @param {string} [label] @returns {Node} */
export function linkNode(url, label) {
  if (!/^(https?:|mailto:)/.test(url)) return document.createTextNode(label ?? url);
  return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label ?? url.replace(/^mailto:/, ''));
}

/** @param {string} target @param {string | undefined} fallback @param {Store} store @returns {Node} */
function dateNode(target, fallback, store) {
  const [, seconds, format = '', url] = target.split('^');
  if (!Number.isFinite(Number(seconds))) return document.createTextNode(fallback ?? target);
  const text = formatDate(Number(seconds), unescaped(format), store.person);
  return url ? linkNode(url, text) : h('time', { title: fallback ?? text }, text);
}

/** @param {string} text @returns {Node[]} */
function lines(text) {
  return text.split('\n').flatMap((line, index) => [...(index > 0 ? [h('br')] : []), ...emojiNodes(line)]);
}

/** @param {string} text */
function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
