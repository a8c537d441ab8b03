// @ts-check
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { closePopup, openPopup } from './popup.js';

/** @typedef {import('./store.js').Store} Store */

const MOST_PEOPLE = 50;

/**
 * The "You are" switch: the roles first, and everybody else by search.
 * @param {Store} store @param {(userId: string) => void} onSwitch
 */
export function switcher(store, onSwitch) {
  const role = store.info.roles.find((/** @type {any} */ one) => one.userId === store.as);
  const button = h(
    'button',
    { type: 'button', class: 'you-are', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    avatar(store.as, store, 'tiny'),
    h(
      'span',
      { class: 'you-are-text' },
      h('small', {}, role ? `You are: ${role.label}` : 'You are'),
      h('strong', {}, store.person.realName),
    ),
    h('span', { class: 'caret', 'aria-hidden': 'true' }, '▾'),
  );
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-expanded') === 'true') return void closePopup();
    button.setAttribute('aria-expanded', 'true');
    const panel = panelNode(store, (userId) => {
      closePopup();
      onSwitch(userId);
    });
    openPopup(button, panel, { align: 'end', onClose: () => button.setAttribute('aria-expanded', 'false') });
    panel.querySelector('input')?.focus();
  });
  return button;
}

/** @param {Store} store @param {(userId: string) => void} onPick */
function panelNode(store, onPick) {
  const search = h('input', {
    class: 'field',
    type: 'search',
    placeholder: 'Find a person',
    'aria-label': 'Find a person',
  });
  const list = h('div', { class: 'people' });
  const fill = () => {
    const wanted = search.value.trim().toLowerCase();
    const roles = store.info.roles
      .map((/** @type {any} */ role) => ({ person: store.personOf(role.userId), label: role.label }))
      .filter((/** @type {any} */ one) => one.person && matches(one.person, one.label, wanted));
    const listed = new Set(roles.map((/** @type {any} */ one) => one.person.id));
    const others = store.info.people.filter(
      (/** @type {any} */ one) => !listed.has(one.id) && matches(one, '', wanted),
    );
    const shown = others.slice(0, MOST_PEOPLE);
    list.replaceChildren(
      ...(roles.length > 0 ? [h('h3', {}, 'Roles')] : []),
      ...roles.map((/** @type {any} */ one) => personRow(one.person, one.label, store, onPick)),
      ...(shown.length > 0 ? [h('h3', {}, 'Everybody else')] : []),
      ...shown.map((/** @type {any} */ one) => personRow(one, one.title ?? `@${one.handle}`, store, onPick)),
      ...(others.length > shown.length
        ? [h('p', { class: 'hint' }, `${others.length - shown.length} more: type to search`)]
        : []),
      ...(roles.length + shown.length === 0 ? [h('p', { class: 'hint' }, 'Nobody matches')] : []),
    );
  };
  const panel = h(
    'div',
    { class: 'switch-panel', role: 'dialog', 'aria-label': 'Act as another person' },
    search,
    list,
  );
  search.addEventListener('input', fill);
  panel.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const rows = [...list.querySelectorAll('button')];
    const index = rows.indexOf(/** @type {any} */ (document.activeElement));
    if (event.key === 'Escape') closePopup();
    else if (event.key === 'ArrowDown') rows[Math.min(rows.length - 1, index + 1)]?.focus();
    else if (event.key === 'ArrowUp') (index <= 0 ? search : rows[index - 1])?.focus();
    else if (event.key === 'Enter' && document.activeElement === search) rows[0]?.click();
    else return;
    event.preventDefault();
  });
  fill();
  return panel;
}

/** @param {any} person @param {string} label @param {string} wanted */
function matches(person, label, wanted) {
  return `${person.realName} ${person.handle} ${person.email ?? ''} ${person.title ?? ''} ${label}`
    .toLowerCase()
    .includes(wanted);
}

/** @param {any} person @param {string} detail @param {Store} store @param {(userId: string) => void} onPick */
function personRow(person, detail, store, onPick) {
  const isMe = person.id === store.as;
  const text = h('span', {}, h('strong', {}, person.realName), h('small', {}, detail));
  const props = { type: 'button', class: isMe ? 'person current' : 'person', 'data-user-id': person.id };
  const row = h('button', props, avatar(person.id, store, 'tiny'), text, isMe && h('span', { class: 'tick' }, '✓'));
  row.addEventListener('click', () => onPick(person.id));
  return row;
}
