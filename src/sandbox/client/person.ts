import type { InputValue, PlacedElement } from '../blocks/inputs.ts';
import type { EnteredState } from '../blocks/state.ts';
import { type JsonObject, objectsOf } from '../json.ts';
import type { ShownMessage, WorkspaceInfo } from '../people/state.ts';
import { chosenValue } from './choose.ts';
import { PersonScreen } from './personScreen.ts';
import {
  dispatches,
  findButton,
  findInput,
  type Place,
  placeOfMessage,
  placeOfView,
  textOf,
  type Within,
} from './place.ts';
import type { Transport } from './transport.ts';

/** Where to look for an element: the top modal (default), the Home tab, or a message. */
export type Where = Within & { in?: 'modal' | 'home' | ShownMessage | undefined };

/** What came of an interaction; `error` is what the person was shown instead of an effect. */
export interface Result {
  ok: boolean;
  error?: string;
  outcome?: 'invalid' | 'errors' | 'closed' | 'updated' | 'pushed' | 'cleared' | 'failed';
  errors?: Record<string, string>;
  reason?: string;
}

/** One person at their Slack client. Keeps what was typed as long as an input stays mounted, as a browser does. */
export class SandboxPersonDriver extends PersonScreen {
  private readonly info: () => Promise<WorkspaceInfo>;

  constructor(userId: string, transport: Transport, info: () => Promise<WorkspaceInfo>) {
    super(userId, transport);
    this.info = info;
  }

  /** Runs a slash command, in the direct messages with the app unless a channel (id or name) is given. */
  async command(text: string, options: { channel?: string } = {}): Promise<Result> {
    const channel = options.channel === undefined ? {} : { channel: await this.channelId(options.channel) };
    return this.post('command', { text, ...channel });
  }

  /** Writes a plain message. */
  async say(text: string, channel: string): Promise<Result> {
    return this.post('message', { text, channel: await this.channelId(channel) });
  }

  /** Runs a global shortcut. */
  shortcut(callbackId: string): Promise<Result> {
    return this.post('shortcut', { callbackId });
  }

  /** Opens the app's Home tab. */
  openHome(): Promise<Result> {
    return this.post('home', { tab: 'home' });
  }

  /** Clicks a button, by its visible text or action_id; a confirm dialog is confirmed. */
  async click(textOrActionId: string, where: Where = {}): Promise<Result> {
    const { place, placed } = await this.find(findButton, textOrActionId, where);
    return this.act(place, placed, undefined);
  }

  /** Chooses in a menu, radio buttons, checkboxes, an overflow menu or a picker, by label or value. */
  async select(id: string, labelOrValue: string | string[] | null, where: Where = {}): Promise<Result> {
    const { place, placed } = await this.find(findInput, id, where);
    const value = chosenValue(placed.element, labelOrValue, await this.info());
    return this.enter(place, placed, value, 'change');
  }

  /** The labels and values an external select offers for a query. */
  async suggest(id: string, query: string, where: Where = {}): Promise<{ label: string; value: string }[]> {
    const options = await this.suggestions(id, query, where);
    return options.map((option) => ({ label: textOf(option.text), value: String(option.value) }));
  }

  /** Queries an external select and chooses the option with this label or value; adds to a multi select. */
  async pick(id: string, query: string, labelOrValue: string, where: Where = {}): Promise<Result> {
    const options = await this.suggestions(id, query, where);
    const option = options.find((one) => textOf(one.text) === labelOrValue || one.value === labelOrValue);
    if (!option) {
      const offered = options.map((one) => textOf(one.text)).join(', ');
      throw new Error(`"${labelOrValue}" is not among the suggestions for "${query}": ${offered || 'none'}`);
    }
    const { place, placed } = await this.find(findInput, id, where);
    const isMany = placed.element.type === 'multi_external_select';
    return this.enter(place, placed, isMany ? [...this.list(place, placed), option] : option, 'change');
  }

  /** Types into a text input, found by block_id, action_id or label. */
  async fill(id: string, value: string, where: Where = {}): Promise<Result> {
    const { place, placed } = await this.find(findInput, id, where);
    return this.enter(place, placed, value === '' ? null : value, 'character');
  }

  /** Attaches a file in a file input, found by block_id, action_id or label; adds to those that are there. */
  async attach(id: string, file: { name: string; content: string | Uint8Array }, where: Where = {}): Promise<Result> {
    const { place, placed } = await this.find(findInput, id, where);
    const query = { as: this.userId, name: file.name };
    const answer = await this.transport.upload('file', query, Buffer.from(file.content as Uint8Array));
    return this.enter(place, placed, [...this.list(place, placed), answer.file as JsonObject], 'change');
  }

  /** Takes everything out of a file input again. */
  async detach(id: string, where: Where = {}): Promise<Result> {
    const { place, placed } = await this.find(findInput, id, where);
    return this.enter(place, placed, [], 'change');
  }

  /** Presses Enter in a text input; it matters only for inputs with `dispatch_action`. */
  async pressEnter(id: string, where: Where = {}): Promise<Result> {
    const { place, placed } = await this.find(findInput, id, where);
    return this.enter(place, placed, this.inputValue(place, placed), 'enter');
  }

  /** Submits the modal on top. */
  async submit(): Promise<Result> {
    const view = await this.modal();
    return this.post('submit', { viewId: view.id, state: this.stateOf(placeOfView(view)) });
  }

  /** Closes the modal on top, or with `all` the whole stack. */
  async close(options: { all?: boolean } = {}): Promise<Result> {
    return this.post('close', { viewId: (await this.modal()).id, ...options });
  }

  private async find(
    search: (place: Place, wanted: string, within: Within) => PlacedElement | undefined,
    wanted: string,
    where: Where,
  ): Promise<{ place: Place; placed: PlacedElement }> {
    const place = await this.placeOf(where);
    const placed = search(place, wanted, where);
    if (!placed) throw await this.failure(`There is no "${wanted}" to use`);
    return { place, placed };
  }

  private async placeOf(where: Where): Promise<Place> {
    if (typeof where.in === 'object') {
      const { ts, channel } = where.in;
      const message = (await this.messages(channel)).find((candidate) => candidate.ts === ts);
      if (!message) throw await this.failure('The message is gone');
      return placeOfMessage(message);
    }
    return placeOfView(where.in === 'home' ? await this.home() : await this.modal());
  }

  private async enter(
    place: Place,
    placed: PlacedElement,
    value: InputValue,
    trigger: 'change' | 'character' | 'enter',
  ): Promise<Result> {
    const mount = place.mounts[placed.blockId]?.[placed.actionId];
    if (mount) this.entered.set(mount.mount, value);
    return dispatches(placed, trigger) ? this.act(place, placed, value) : { ok: true };
  }

  private act(place: Place, placed: PlacedElement, value: InputValue | undefined): Promise<Result> {
    const { blockId, actionId } = placed;
    const state = this.stateOf(place);
    return this.post('action', {
      source: place.source,
      blockId,
      actionId,
      state,
      ...(value === undefined ? {} : { value }),
    });
  }

  private async suggestions(id: string, query: string, where: Where): Promise<JsonObject[]> {
    const { place, placed } = await this.find(findInput, id, where);
    const { blockId, actionId } = placed;
    const answer: JsonObject = await this.transport.post('suggest', {
      as: this.userId,
      source: place.source,
      blockId,
      actionId,
      value: query,
    });
    const grouped = objectsOf(answer.optionGroups).flatMap((group) => objectsOf(group.options));
    return [...objectsOf(answer.options), ...grouped];
  }

  private stateOf(place: Place): EnteredState {
    const state: EnteredState = {};
    for (const [blockId, actions] of Object.entries(place.mounts)) {
      for (const [actionId, { mount }] of Object.entries(actions)) {
        const value = this.entered.get(mount);
        if (value !== undefined) state[blockId] = { ...state[blockId], [actionId]: value };
      }
    }
    return state;
  }

  private inputValue(place: Place, { blockId, actionId }: PlacedElement): InputValue {
    const mount = place.mounts[blockId]?.[actionId];
    return (mount && this.entered.get(mount.mount)) ?? mount?.initial ?? null;
  }

  private list(place: Place, placed: PlacedElement): (string | JsonObject)[] {
    const value = this.inputValue(place, placed);
    return Array.isArray(value) ? value : [];
  }

  private post(path: string, body: JsonObject): Promise<Result> {
    return this.transport.post<Result>(path, { as: this.userId, ...body });
  }
}
