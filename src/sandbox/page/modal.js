// @ts-check
import { blockNodes } from './blocks.js';
import { h, trapFocus, uniqueId } from './dom.js';
import { emojiNodes } from './emoji.js';
import { focusState, restoreFocus } from './focus.js';
import { closePopup } from './popup.js';
import { wordsFor } from './words.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * Shows the modal on top of the person's stack; redraws only when the view itself has changed.
 * @param {HTMLElement} root @param {Store} store
 */
export function mountModals(root, store) {
  let shown = '';
  /** @type {HTMLElement | null} */
  let before = null;

  const render = () => {
    const stack = store.state?.modals ?? [];
    const top = stack[stack.length - 1];
    const signature = top
      ? JSON.stringify([store.as, store.redraws, stack.length, top.id, top.hash, top.errors, top.notice, top.isBusy])
      : '';
    if (signature === shown) return;
    const isNew = !root.firstElementChild;
    const isSame = root.firstElementChild?.getAttribute('data-view-id') === top?.id;
    if (isNew) before = /** @type {HTMLElement | null} */ (document.activeElement);
    shown = signature;
    closePopup();
    if (!top) {
      root.replaceChildren();
      before?.focus();
      return;
    }
    const body = root.querySelector('.dialog-body');
    const focus = isSame ? focusState(root) : null;
    const scroll = isSame ? (body?.scrollTop ?? 0) : 0;
    const overlay = dialogNode(top, stack.length, store);
    if (isSame) overlay.classList.add('still');
    root.replaceChildren(overlay);
    const fresh = root.querySelector('.dialog-body');
    if (fresh) fresh.scrollTop = scroll;
    if (Object.keys(top.errors).length > 0) focusError(root);
    else if (!restoreFocus(root, focus)) focusFirst(root);
  };
  store.listeners.push(render);
}

/** @param {any} shown @param {number} depth @param {Store} store */
function dialogNode(shown, depth, store) {
  const { view } = shown;
  const titleId = uniqueId('title');
  const close = (/** @type {boolean} */ all) => void store.act('close', { viewId: shown.id, all });
  const submit = () => {
    if (view.submit && !shown.isBusy) {
      void store.act('submit', { viewId: shown.id, state: store.enteredIn(shown.mounts) });
    }
  };
  const place = {
    source: { viewId: shown.id },
    mounts: shown.mounts,
    errors: shown.errors,
    store,
    onSubmit: view.submit ? submit : null,
  };
  const back = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Back' }, '←');
  back.addEventListener('click', () => close(false));
  const cross = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close' }, '✕');
  cross.addEventListener('click', () => close(true));
  const dialog = h(
    'div',
    { class: 'dialog', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': titleId, tabIndex: -1 },
    h(
      'header',
      { class: 'dialog-head' },
      depth > 1 && back,
      h('h2', { id: titleId }, emojiNodes(view.title.text)),
      cross,
    ),
    h('div', { class: 'dialog-body' }, blockNodes(view.blocks, place)),
    shown.notice && h('div', { class: 'dialog-notice', role: 'alert' }, `⚠ ${shown.notice}`),
    footer(view, shown.isBusy, wordsFor(store), { close: () => close(false), submit }),
  );
  const overlay = h(
    'div',
    { class: 'overlay', 'data-view-id': shown.id, 'data-callback-id': view.callback_id },
    dialog,
  );
  overlay.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    trapFocus(dialog, event);
    if (event.key === 'Escape' && !closePopup()) close(false);
  });
  return overlay;
}

/**
 * @param {any} view @param {boolean} isBusy @param {ReturnType<typeof wordsFor>} words
 * @param {{ close: () => void, submit: () => void }} on
 */
function footer(view, isBusy, words, on) {
  if (!view.submit && !view.close) return null;
  const closeText = emojiNodes(view.close?.text ?? words.cancel);
  const close = h('button', { type: 'button', class: 'button', 'data-role': 'close' }, closeText);
  close.addEventListener('click', on.close);
  if (!view.submit) return h('footer', { class: 'dialog-foot' }, close);
  const submit = h(
    'button',
    {
      type: 'button',
      class: isBusy ? 'button primary busy' : 'button primary',
      'data-role': 'submit',
      disabled: isBusy,
    },
    h('span', {}, emojiNodes(view.submit.text)),
  );
  submit.addEventListener('click', on.submit);
  return h('footer', { class: 'dialog-foot' }, close, submit);
}

/** @param {HTMLElement} root */
function focusError(root) {
  const error = root.querySelector('.has-error');
  error?.scrollIntoView({ block: 'nearest' });
  /** @type {HTMLElement | null | undefined} */ (error?.querySelector('input, textarea, button'))?.focus();
}

/** The element that wants the focus on load, else the dialog itself. @param {HTMLElement} root */
function focusFirst(root) {
  const wanted = root.querySelector('[data-focus]') ?? root.querySelector('.dialog');
  /** @type {HTMLElement | null} */ (wanted)?.focus();
}
