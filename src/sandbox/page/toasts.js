// @ts-check
import { h } from './dom.js';

const VISIBLE_MS = 8000;

/** Shows new notices in the corner for a while. @param {HTMLElement} root @param {import('./store.js').Store} store */
export function mountToasts(root, store) {
  let as = '';
  store.listeners.push(() => {
    const toasts = store.state?.toasts ?? [];
    if (store.state && as !== store.as) {
      // What this person was told before is old news.
      as = store.as;
      for (const toast of toasts) store.shownToasts.add(toast.id);
    }
    for (const toast of [...toasts, ...store.notices]) {
      if (store.shownToasts.has(toast.id)) continue;
      store.shownToasts.add(toast.id);
      const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss' }, '✕');
      const node = h(
        'div',
        { class: 'toast' },
        h('span', { 'aria-hidden': 'true' }, '⚠'),
        h('span', {}, toast.text),
        close,
      );
      close.addEventListener('click', () => node.remove());
      setTimeout(() => node.remove(), VISIBLE_MS);
      root.append(node);
    }
  });
}
