// @ts-check
import { h } from './dom.js';

const HUES = 8;

/**
 * A person's initials on a colour of their own; the app has its own look.
 * @param {string} userId @param {import('./store.js').Store} store @param {string} [size]
 */
export function avatar(userId, store, size = '') {
  const isApp = userId === store.info.bot.userId || userId === 'USLACKBOT';
  const name = isApp ? store.info.bot.name : (store.personOf(userId)?.realName ?? userId);
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const initials = (words.length > 1 ? [words[0], words[words.length - 1]] : [words[0] ?? '?'])
    .map((one) => one?.[0])
    .join('');
  const hue = [...userId].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % HUES;
  const look = isApp ? 'app' : `hue-${Math.abs(hue)}`;
  return h('span', { class: `avatar ${look} ${size}`, 'aria-hidden': 'true' }, initials.toUpperCase());
}
