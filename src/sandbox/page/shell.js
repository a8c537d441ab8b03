// @ts-check
import { composer } from './composer.js';
import { h } from './dom.js';
import { renderHome } from './home.js';
import { renderMessages } from './messages.js';
import { sidebarNode } from './sidebar.js';
import { switcher } from './switcher.js';
import { themeButton } from './theme.js';
import { wordsFor } from './words.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * The frame of the page: sidebar, header, conversation or Home tab, composer.
 * @param {HTMLElement} root @param {Store} store
 * @param {{ open: (place: string) => void, openTab: (tab: 'home' | 'messages') => void, switchTo: (id: string) => void }} actions
 */
export function mountShell(root, store, actions) {
  const side = h('div', { class: 'side-slot', id: 'sidebar' });
  const menu = h(
    'button',
    { type: 'button', class: 'icon-button menu-button', 'aria-label': 'Conversations', 'aria-controls': 'sidebar' },
    '☰',
  );
  const title = h('div', { class: 'title' });
  const you = h('div', { class: 'you-slot' });
  const tabs = h('div', { class: 'tabs', role: 'tablist' });
  const list = h('div', { class: 'messages', role: 'log', 'aria-label': 'Messages', tabIndex: 0 });
  const home = h('div', { class: 'home', role: 'tabpanel', 'aria-label': 'Home' });
  const write = composer(store);
  const shade = h('div', { class: 'shade' });
  const bar = h('header', { class: 'bar' }, menu, title, you, themeButton());
  root.append(side, shade, h('main', {}, bar, tabs, home, list, write.node));

  const drawer = (/** @type {boolean} */ isOpen) => root.classList.toggle('drawer-open', isOpen);
  menu.addEventListener('click', () => drawer(!root.classList.contains('drawer-open')));
  shade.addEventListener('click', () => drawer(false));

  const render = () => {
    if (!store.state) return;
    const { conversation } = store;
    const words = wordsFor(store);
    const isHome = store.place === 'app' && store.tab === 'home';
    if (!isHome && conversation)
      store.seen.set(`${store.as}/${conversation.id}`, conversation.messages.at(-1)?.ts ?? '0');
    replaceKeepingFocus(
      side,
      sidebarNode(store, (place) => {
        drawer(false);
        actions.open(place);
      }),
    );
    const name = store.place === 'app' ? store.info.bot.name : `# ${conversation?.name ?? ''}`;
    title.replaceChildren(h('h1', {}, name));
    document.title = `${name} · ${store.info.workspace.name} (sandbox)`;
    if (you.getAttribute('data-as') !== store.as) {
      you.setAttribute('data-as', store.as);
      you.replaceChildren(switcher(store, actions.switchTo));
    }
    tabs.hidden = store.place !== 'app';
    replaceKeepingFocus(tabs, tab('home', words.home), tab('messages', words.messages));
    home.hidden = !isHome;
    list.hidden = isHome;
    write.node.hidden = isHome || !conversation;
    write.field.placeholder = words.writeTo(store.place === 'app' ? store.info.bot.name : name.replace('# ', '#'));
    if (isHome) renderHome(home, store);
    else if (conversation) renderMessages(list, conversation, store);
  };

  /** @param {'home' | 'messages'} key @param {string} label */
  const tab = (key, label) => {
    const props = {
      type: 'button',
      role: 'tab',
      class: 'tab',
      'aria-selected': String(store.tab === key),
      'data-tab': key,
    };
    return h('button', { ...props, on: { click: () => actions.openTab(key) } }, label);
  };
  store.listeners.push(render);
  return { focusComposer: () => write.field.focus() };
}

/** Redraws a small area and puts the focus back on the control it was on. @param {HTMLElement} slot @param {...HTMLElement} nodes */
function replaceKeepingFocus(slot, ...nodes) {
  const active = document.activeElement;
  const attribute = slot.contains(active)
    ? ['data-place', 'data-tab'].find((name) => active?.hasAttribute(name))
    : undefined;
  const value = attribute && active?.getAttribute(attribute);
  slot.replaceChildren(...nodes);
  if (value) /** @type {HTMLElement | null} */ (slot.querySelector(`[${attribute}="${CSS.escape(value)}"]`))?.focus();
}
