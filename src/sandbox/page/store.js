// @ts-check
import { get, post } from './api.js';

/**
 * What the page knows: the workspace, the state of the person it acts as, and what that person has typed.
 * Listeners run after every change.
 */
export class Store {
  /** @param {any} info answer of `/sandbox/workspace` */
  constructor(info) {
    this.info = info;
    /** @type {string} */
    this.as = '';
    /** @type {any} */
    this.state = null;
    /** Conversation id, or `app` for the app's own page. @type {string} */
    this.place = '';
    /** @type {'home' | 'messages'} */
    this.tab = 'home';
    /** Message to point at, from a permalink. @type {string | null} */
    this.target = null;
    /** What was entered, by mount id. @type {Map<string, any>} */
    this.entered = new Map();
    /** Latest message seen, by person and conversation. @type {Map<string, string>} */
    this.seen = new Map();
    /** @type {Set<string>} */
    this.shownToasts = new Set();
    /** Notices of the page itself. @type {{ id: string, text: string }[]} */
    this.notices = [];
    this.redraws = 0;
    this.asked = 0;
    this.answered = 0;
    /** @type {(() => void)[]} */
    this.listeners = [];
  }

  /** The person the page acts as. */
  get person() {
    return this.personOf(this.as);
  }

  /** The direct messages with the app. */
  get im() {
    return this.state?.conversations.find((/** @type {any} */ one) => one.kind === 'im');
  }

  /** The conversation on screen, if one is. */
  get conversation() {
    if (this.place === 'app') return this.im;
    return this.state?.conversations.find((/** @type {any} */ one) => one.id === this.place);
  }

  /** @param {string} id */
  personOf(id) {
    return this.info.people.find((/** @type {any} */ one) => one.id === id);
  }

  /** Shows everything anew, even what the app has not changed. */
  redraw() {
    this.redraws += 1;
    this.changed();
  }

  /** Tells all listeners. */
  changed() {
    for (const listener of this.listeners) listener();
  }

  /** Fetches the person's state; an answer that a later one has overtaken is dropped. */
  async refresh() {
    const { as } = this;
    this.asked += 1;
    const number = this.asked;
    const state = await get(`state?as=${encodeURIComponent(as)}`);
    if (number < this.answered || as !== this.as) return;
    this.answered = number;
    this.state = state;
    this.changed();
  }

  /**
   * Acts as the current person. What goes wrong is shown, never thrown.
   * @param {string} path
   * @param {object} body
   */
  async act(path, body) {
    try {
      const result = await post(path, { as: this.as, ...body });
      await this.refresh();
      return result;
    } catch (error) {
      this.notify(error instanceof Error ? error.message : String(error));
      return { ok: false };
    }
  }

  /** Shows a notice of the page itself. @param {string} text */
  notify(text) {
    this.notices.push({ id: `page-${this.notices.length}`, text });
    this.changed();
  }

  /**
   * What stands in an input: what was entered, else what it was mounted with.
   * @param {any} mounts @param {string} blockId @param {string} actionId
   */
  inputValue(mounts, blockId, actionId) {
    const mount = mounts[blockId]?.[actionId];
    if (!mount) return null;
    return this.entered.has(mount.mount) ? this.entered.get(mount.mount) : mount.initial;
  }

  /** @param {any} mounts @param {string} blockId @param {string} actionId @param {any} value */
  enter(mounts, blockId, actionId, value) {
    const mount = mounts[blockId]?.[actionId];
    if (mount) this.entered.set(mount.mount, value);
  }

  /** Everything entered in a view or message, as the client API takes it. @param {any} mounts */
  enteredIn(mounts) {
    /** @type {Record<string, Record<string, any>>} */
    const state = {};
    for (const [blockId, actions] of Object.entries(mounts)) {
      for (const [actionId, { mount }] of Object.entries(/** @type {Record<string, any>} */ (actions))) {
        if (this.entered.has(mount)) state[blockId] = { ...state[blockId], [actionId]: this.entered.get(mount) };
      }
    }
    return state;
  }
}
