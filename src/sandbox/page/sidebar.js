// @ts-check
import { avatar } from './avatar.js';
import { h } from './dom.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * Channels, and the app with its direct messages.
 * @param {Store} store @param {(place: string) => void} onOpen
 */
export function sidebarNode(store, onOpen) {
  const conversations = store.state?.conversations ?? [];
  const channels = conversations.filter((/** @type {any} */ one) => one.kind === 'channel');
  const { workspace, bot } = store.info;
  return h(
    'nav',
    { class: 'sidebar', 'aria-label': 'Conversations' },
    h(
      'div',
      { class: 'workspace' },
      h('span', { class: 'workspace-mark', 'aria-hidden': 'true' }, workspace.name[0]),
      h('div', {}, h('strong', {}, workspace.name), h('small', {}, 'Local sandbox')),
    ),
    h('h2', {}, 'Channels'),
    h(
      'ul',
      {},
      channels.map((/** @type {any} */ one) =>
        entry(one.id, [h('span', { class: 'hash' }, '#'), one.name], one, store, onOpen),
      ),
    ),
    h('h2', {}, 'Apps'),
    h('ul', {}, entry('app', [avatar(bot.userId, store, 'tiny'), bot.name], store.im, store, onOpen)),
  );
}

/** @param {string} place @param {(Node | string)[]} label @param {any} conversation @param {Store} store @param {(place: string) => void} onOpen */
function entry(place, label, conversation, store, onOpen) {
  const isCurrent = store.place === place;
  const unread = isCurrent && (place !== 'app' || store.tab === 'messages') ? 0 : unreadIn(conversation, store);
  const button = h(
    'button',
    {
      type: 'button',
      class: unread > 0 ? 'place unread' : 'place',
      'aria-current': isCurrent ? 'page' : undefined,
      'data-place': place,
    },
    label,
    unread > 0 && h('span', { class: 'count', 'aria-label': `${unread} unread` }, unread),
  );
  button.addEventListener('click', () => onOpen(place));
  return h('li', {}, button);
}

/** @param {any} conversation @param {Store} store */
function unreadIn(conversation, store) {
  if (!conversation) return 0;
  const seen = Number(store.seen.get(`${store.as}/${conversation.id}`) ?? 0);
  return conversation.messages.filter((/** @type {any} */ one) => Number(one.ts) > seen && one.user !== store.as)
    .length;
}
