// @ts-check
import { avatar } from './avatar.js';
import { blockNodes } from './blocks.js';
import { dayOf, timeOfDay } from './dates.js';
import { h, renderList } from './dom.js';
import { withEmoji } from './emoji.js';
import { iconOf } from './icons.js';
import { mrkdwnNodes } from './mrkdwn.js';
import { wordsFor } from './words.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * Shows a conversation, threads in place below their root; keeps the end in sight while it is in sight.
 * @param {HTMLElement} list @param {any} conversation @param {Store} store
 */
export function renderMessages(list, conversation, store) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const isOther = list.getAttribute('data-channel') !== `${store.as}/${conversation.id}`;
  list.setAttribute('data-channel', `${store.as}/${conversation.id}`);
  renderList(
    list,
    rowsOf(conversation, store),
    (row) => row.key,
    (row) => rowNode(row, store),
  );
  if (isOther || isAtEnd) list.scrollTop = list.scrollHeight;
  if (store.target) {
    const target = list.querySelector(`[data-ts="${CSS.escape(store.target)}"]`);
    target?.scrollIntoView({ block: 'center' });
    target?.classList.add('pointed');
    store.target = null;
  }
}

/** @param {any} conversation @param {Store} store @returns {any[]} */
function rowsOf(conversation, store) {
  const { messages } = conversation;
  if (messages.length === 0) return [{ key: 'empty', empty: conversation.kind === 'im' ? 'im' : conversation.name }];
  /** @type {any[]} */
  const rows = [];
  let day = '';
  /** @type {any} */
  let last = null;
  for (const message of messages.filter((/** @type {any} */ one) => !one.threadTs)) {
    const ofDay = dayOf(message.ts, store.person);
    if (ofDay !== day) {
      rows.push({ key: `day-${message.ts}`, day: ofDay });
      last = null;
    }
    day = ofDay;
    const follows = last && last.user === message.user && last.isEphemeral === message.isEphemeral;
    const isClose = follows && Number(message.ts) - Number(last.ts) < 300 && last.replyCount === 0;
    const replies = messages.filter((/** @type {any} */ one) => one.threadTs === message.ts);
    rows.push({
      key: `${store.as}-${message.ts}`,
      message,
      replies,
      isCompact: Boolean(isClose),
      redraws: store.redraws,
    });
    last = replies.length > 0 ? null : message;
  }
  return rows;
}

/** @param {any} row @param {Store} store */
function rowNode(row, store) {
  if (row.day) return h('div', { class: 'day', role: 'separator' }, h('span', {}, row.day));
  if (row.empty) return emptyNode(row.empty, store);
  const node = messageNode(row.message, row.isCompact, store);
  if (row.replies.length === 0) return node;
  const replies = row.replies.map((/** @type {any} */ reply) => messageNode(reply, false, store));
  return h('div', { class: 'thread' }, node, h('div', { class: 'replies', 'aria-label': 'Thread' }, replies));
}

/** @param {string} name @param {Store} store */
function emptyNode(name, store) {
  const words = wordsFor(store);
  const [title, text] =
    name === 'im' ? [store.info.bot.name, words.directBeginning] : [`# ${name}`, words.channelBeginning];
  return h('div', { class: 'empty' }, h('h2', {}, title), h('p', {}, text));
}

/** @param {any} message @param {boolean} isCompact @param {Store} store */
function messageNode(message, isCompact, store) {
  const words = wordsFor(store);
  const isSlackbot = message.user === 'USLACKBOT';
  const person = store.personOf(message.user);
  const name = isSlackbot ? 'Slackbot' : message.isBot ? store.info.bot.name : (person?.realName ?? message.user);
  const time = h('time', { class: 'time' }, timeOfDay(message.ts, store.person));
  const head = h(
    'div',
    { class: 'message-head' },
    h('span', { class: 'sender' }, name),
    message.isBot && h('span', { class: 'badge' }, 'APP'),
    person?.isRestricted && h('span', { class: 'badge' }, 'GUEST'),
    person?.teamId && h('span', { class: 'badge' }, 'EXTERNAL'),
    time,
  );
  const place = {
    source: { channel: message.channel, ts: message.ts },
    mounts: message.mounts,
    errors: {},
    store,
    onSubmit: null,
  };
  const hasBlocks = message.blocks.length > 0;
  const body = h(
    'div',
    { class: 'message-body' },
    !isCompact && head,
    message.isEphemeral && h('div', { class: 'only-you' }, iconOf('eye'), ` ${words.onlyYou}`),
    hasBlocks
      ? blockNodes(message.blocks, place)
      : h('div', { class: 'message-text' }, mrkdwnNodes(message.text, store)),
    message.isEdited && h('span', { class: 'edited' }, words.edited),
    message.files.map((/** @type {any} */ file) => fileNode(file, words)),
  );
  const side = isCompact ? h('div', { class: 'side' }, time) : h('div', { class: 'side' }, avatar(message.user, store));
  const classes = ['message', message.isEphemeral ? 'ephemeral' : '', isCompact ? 'compact' : ''].join(' ');
  return h(
    'article',
    { class: classes, 'data-ts': message.ts, 'aria-label': `${name}: ${withEmoji(message.text)}` },
    side,
    body,
  );
}

/** @param {any} file @param {ReturnType<typeof wordsFor>} words */
function fileNode(file, words) {
  const size = file.size < 1024 ? `${file.size} B` : `${Math.round(file.size / 102.4) / 10} KB`;
  return h(
    'div',
    { class: 'file' },
    h('span', { class: `file-icon ${file.filetype}`, 'aria-hidden': 'true' }, file.filetype.toUpperCase().slice(0, 4)),
    h('span', { class: 'file-text' }, h('strong', {}, file.title), h('small', {}, `${file.name} · ${size}`)),
    h('a', { class: 'button', href: file.url_private, target: '_blank', rel: 'noopener' }, words.open),
  );
}
