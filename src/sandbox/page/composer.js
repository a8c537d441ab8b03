// @ts-check

import { completionsFor } from './completions.js';
import { h, uniqueId } from './dom.js';
import { closePopup, openMenu } from './popup.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./completions.js').Completion} Completion
 */

/**
 * The field to write in, with completion of commands and people above it, and the shortcuts menu.
 * @param {Store} store
 */
export function composer(store) {
  const listId = uniqueId('completions');
  const field = h('textarea', {
    class: 'composer-field',
    rows: 1,
    role: 'combobox',
    'aria-label': 'Message',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': listId,
  });
  const list = h('div', {
    class: 'completions',
    role: 'listbox',
    id: listId,
    'aria-label': 'Suggestions',
    hidden: true,
  });
  const send = h('button', { type: 'button', class: 'send', 'aria-label': 'Send', disabled: true }, '➤');
  const bolt = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Shortcuts', 'aria-haspopup': 'menu' },
    '⚡',
  );
  const slash = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Commands' }, '/');
  /** @type {Completion[]} */
  let offered = [];
  let active = -1;

  const resize = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(160, field.scrollHeight)}px`;
    send.disabled = field.value.trim() === '';
  };

  const hide = () => {
    offered = [];
    active = -1;
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };

  const offer = () => {
    offered = completionsFor(field.value, field.selectionStart ?? field.value.length, store);
    if (offered.length === 0) return hide();
    active = offered[0]?.isSure ? 0 : -1;
    list.replaceChildren(...offered.map(row));
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
    mark();
  };

  /** @param {Completion} completion */
  const row = (completion) => {
    const props = { class: 'completion', role: 'option', id: uniqueId('completion') };
    const node = h('div', props, h('strong', {}, completion.text), h('span', {}, completion.description));
    node.addEventListener('pointerdown', (/** @type {Event} */ event) => event.preventDefault());
    node.addEventListener('click', () => complete(completion));
    return node;
  };

  const mark = () => {
    [...list.children].forEach((child, index) => {
      child.classList.toggle('active', index === active);
      child.setAttribute('aria-selected', String(index === active));
    });
    const node = list.children[active];
    node?.scrollIntoView({ block: 'nearest' });
    if (node) field.setAttribute('aria-activedescendant', node.id);
  };

  /** @param {Completion} completion */
  const complete = (completion) => {
    const [from, to] = completion.replaces;
    field.setRangeText(`${completion.text} `, from, to, 'end');
    resize();
    field.focus();
    offer();
  };

  const submit = async () => {
    const text = field.value.trim();
    const channel = store.conversation?.id;
    if (text === '' || !channel) return;
    field.value = '';
    resize();
    hide();
    const isCommand = text.startsWith('/');
    if (isCommand) field.classList.add('busy');
    await store.act(isCommand ? 'command' : 'message', { channel, text });
    field.classList.remove('busy');
  };

  field.addEventListener('input', () => {
    resize();
    offer();
  });
  field.addEventListener('click', offer);
  field.addEventListener('blur', hide);
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (offered.length > 0 && step !== 0) {
      event.preventDefault();
      active = active < 0 && step < 0 ? offered.length - 1 : (active + step + offered.length) % offered.length;
      return mark();
    }
    const chosen = offered[active] ?? (event.key === 'Tab' ? offered[0] : undefined);
    if (chosen && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) {
      event.preventDefault();
      return complete(chosen);
    }
    if (event.key === 'Escape' && offered.length > 0) return hide();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    }
  });
  send.addEventListener('click', () => void submit());
  slash.addEventListener('click', () => {
    if (field.value === '') field.value = '/';
    field.focus();
    resize();
    offer();
  });
  bolt.addEventListener('click', () => {
    if (bolt.getAttribute('aria-expanded') === 'true') return void closePopup();
    const items = store.info.shortcuts.map((/** @type {any} */ shortcut) => ({
      label: [h('span', {}, `⚡ ${shortcut.name}`), h('small', {}, store.info.bot.name)],
      run: () => void store.act('shortcut', { callbackId: shortcut.callbackId }),
    }));
    openMenu(bolt, items, 'start');
  });
  const tools = h(
    'div',
    { class: 'composer-tools' },
    store.info.shortcuts.length > 0 && bolt,
    slash,
    h('span', { class: 'grow' }),
    send,
  );
  return { node: h('div', { class: 'composer' }, list, field, tools), field };
}
