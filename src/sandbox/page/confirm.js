// @ts-check
import { h, trapFocus, uniqueId } from './dom.js';
import { textNodes } from './mrkdwn.js';

/**
 * Asks with the confirm dialog of an element; resolves with the answer.
 * @param {any} confirm Slack's confirm object
 * @param {import('./store.js').Store} store
 * @returns {Promise<boolean>}
 */
export function confirmed(confirm, store) {
  return new Promise((resolve) => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const titleId = uniqueId('title');
    const finish = (/** @type {boolean} */ answer) => {
      overlay.remove();
      before?.focus();
      resolve(answer);
    };
    const deny = h(
      'button',
      { type: 'button', class: 'button', 'data-confirm': 'deny' },
      textNodes(confirm.deny, store),
    );
    const style = confirm.style === 'danger' ? 'danger solid' : 'primary';
    const accept = h(
      'button',
      { type: 'button', class: `button ${style}`, 'data-confirm': 'confirm' },
      textNodes(confirm.confirm, store),
    );
    deny.addEventListener('click', () => finish(false));
    accept.addEventListener('click', () => finish(true));
    const dialog = h(
      'div',
      { class: 'dialog small', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': titleId },
      h('header', { class: 'dialog-head' }, h('h2', { id: titleId }, textNodes(confirm.title, store))),
      h('div', { class: 'dialog-body' }, h('p', {}, textNodes(confirm.text, store))),
      h('footer', { class: 'dialog-foot' }, deny, accept),
    );
    const overlay = h('div', { class: 'overlay confirm' }, dialog);
    overlay.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      trapFocus(dialog, event);
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      finish(false);
    });
    document.body.append(overlay);
    accept.focus();
  });
}
