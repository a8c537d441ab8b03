// @ts-check
import { blockNodes } from './blocks.js';
import { h } from './dom.js';
import { focusState, restoreFocus } from './focus.js';
import { wordsFor } from './words.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * The app's Home tab; redraws only when it was published anew.
 * @param {HTMLElement} root @param {Store} store
 */
export function renderHome(root, store) {
  const { home } = store.state;
  const signature = `${store.as}/${home?.id}/${home?.hash}/${store.redraws}`;
  if (root.getAttribute('data-signature') === signature) return;
  root.setAttribute('data-signature', signature);
  if (!home) {
    const { noHome, noHomeWhy } = wordsFor(store);
    root.replaceChildren(h('div', { class: 'empty' }, h('h2', {}, noHome), h('p', {}, noHomeWhy)));
    return;
  }
  const place = { source: { viewId: home.id }, mounts: home.mounts, errors: {}, store, onSubmit: null };
  const focus = focusState(root);
  root.replaceChildren(h('div', { class: 'home-view', 'data-view-id': home.id }, blockNodes(home.view.blocks, place)));
  restoreFocus(root, focus);
}
