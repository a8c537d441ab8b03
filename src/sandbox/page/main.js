// @ts-check
import { get } from './api.js';
import { mountModals } from './modal.js';
import { closePopup } from './popup.js';
import { mountShell } from './shell.js';
import { Store } from './store.js';
import { mountToasts } from './toasts.js';

/** @param {string} id */
const slot = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const store = new Store(await get('workspace'));
const address = new URL(location.href);

const actions = {
  /** @param {string} place a conversation id, or `app` */
  open: (place) => {
    store.place = place;
    remember();
    store.changed();
    if (place === 'app') actions.openTab(store.tab);
    else shell.focusComposer();
  },
  /** @param {'home' | 'messages'} tab */
  openTab: (tab) => {
    store.tab = tab;
    remember();
    store.changed();
    void store.act('home', { tab });
  },
  /** @param {string} userId */
  switchTo: async (userId) => {
    closePopup();
    store.as = userId;
    store.state = null;
    await store.refresh();
    if (!store.conversation) store.place = store.state?.conversations[0]?.id ?? 'app';
    remember();
    actions.open(store.place);
  },
};

/** Keeps person and place in the address, so that it can be shared and reloaded. */
function remember() {
  const query = new URLSearchParams({ as: store.as, in: store.place });
  if (store.place === 'app') query.set('tab', store.tab);
  history.replaceState(null, '', `/?${query.toString()}`);
}

/** `p1700000000000100` of a permalink as a timestamp. @param {string | null} message */
function timestampOf(message) {
  const digits = /^p(\d+)(\d{6})$/.exec(message ?? '');
  return digits ? `${digits[1]}.${digits[2]}` : null;
}

const shell = mountShell(slot('app'), store, actions);
mountModals(slot('modals'), store);
mountToasts(slot('toasts'), store);

const asked = address.searchParams.get('as') ?? '';
store.as = store.personOf(asked) ? asked : (store.info.roles[0]?.userId ?? store.info.people[0]?.id ?? '');
store.target = timestampOf(address.searchParams.get('message'));
store.tab = address.searchParams.get('tab') === 'messages' || store.target ? 'messages' : 'home';
await store.refresh();

const wanted = address.searchParams.get('channel') ?? address.searchParams.get('in') ?? '';
const found = store.state.conversations.find((/** @type {any} */ one) => one.id === wanted);
const isApp = wanted === 'app' || found?.kind === 'im';
actions.open(isApp ? 'app' : (found?.id ?? store.state.conversations[0]?.id ?? 'app'));

/** @type {EventSource | null} */
let events = null;

/** Listens while the page is visible only: a browser allows few connections to one server, and tabs add up. */
function listen() {
  if (document.hidden) {
    events?.close();
    events = null;
  } else if (!events) {
    events = new EventSource('/sandbox/events');
    events.addEventListener('message', (event) => {
      if (JSON.parse(event.data).revision > (store.state?.revision ?? 0)) void store.refresh();
    });
  }
}
document.addEventListener('visibilitychange', listen);
listen();
