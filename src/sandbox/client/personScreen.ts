import type { PersonState, ShownMessage, ShownView } from '../people/state.ts';
import { textOf } from './place.ts';
import { dumpState, type Entered, messageText, screenText } from './screen.ts';
import type { Transport } from './transport.ts';

const WAIT_MS = 10_000;

/** What one person sees, and waiting for it to change. */
export class PersonScreen {
  readonly userId: string;
  protected readonly transport: Transport;
  protected readonly entered: Entered = new Map();

  constructor(userId: string, transport: Transport) {
    this.userId = userId;
    this.transport = transport;
  }

  /** Everything on the person's screen now. */
  state(): Promise<PersonState> {
    return this.transport.get<PersonState>('state', { as: this.userId });
  }

  /** The modal on top; throws when none is open. */
  async modal(): Promise<ShownView> {
    const top = (await this.stack()).at(-1);
    if (!top) throw await this.failure('No modal is open');
    return top;
  }

  /** All open modals from the bottom to the top. */
  async stack(): Promise<ShownView[]> {
    return (await this.state()).modals;
  }

  /** The Home tab; throws when the app has published none. */
  async home(): Promise<ShownView> {
    const { home } = await this.state();
    if (!home) throw await this.failure('The app has published no Home tab');
    return home;
  }

  /** The messages of a channel (id or name), or of the direct messages when a person's id is given. */
  async messages(channelOrUser: string): Promise<ShownMessage[]> {
    const id = await this.channelId(channelOrUser);
    return (await this.state()).conversations.find((conversation) => conversation.id === id)?.messages ?? [];
  }

  /** The direct messages with the app. */
  dm(): Promise<ShownMessage[]> {
    return this.messages(this.userId);
  }

  /** All messages that only this person sees. */
  async ephemerals(): Promise<ShownMessage[]> {
    const { conversations } = await this.state();
    return conversations.flatMap(({ messages }) => messages).filter((message) => message.isEphemeral);
  }

  /** Waits until the predicate gives something, and returns it. Throws with the whole screen when time is over. */
  async waitFor<Found>(
    predicate: (state: PersonState) => Found | undefined | null | false,
    description: string,
    timeoutMs = WAIT_MS,
  ): Promise<Found> {
    const end = Date.now() + timeoutMs;
    let after = 0;
    for (;;) {
      const timeout = String(Math.max(0, end - Date.now()));
      const state = await this.transport.get<PersonState>('state', { as: this.userId, after: String(after), timeout });
      const found = predicate(state);
      if (found !== undefined && found !== null && found !== false) return found;
      if (Date.now() >= end) throw new Error(`Waited in vain for ${description}\n${dumpState(state, this.entered)}`);
      after = state.revision;
    }
  }

  /** Waits until the top modal has this title. */
  waitForModal(title: string): Promise<ShownView> {
    const isTop = (view: ShownView | undefined) => view && textOf(view.view.title) === title && view;
    return this.waitFor((state) => isTop(state.modals.at(-1)), `a modal titled "${title}"`);
  }

  /** Waits until the top modal or Home tab contains this text. */
  async waitForScreen(text: string): Promise<string> {
    return this.waitFor((state) => {
      const screen = screenText(state, this.entered);
      return screen.includes(text) && screen;
    }, `"${text}" on the screen`);
  }

  /** Waits until a message that contains this text is visible somewhere; the latest such message is returned. */
  waitForMessage(text: string): Promise<ShownMessage> {
    return this.waitFor(({ conversations }) => {
      const messages = conversations.flatMap((conversation) => conversation.messages);
      return messages.findLast((message) => this.textOfMessage(message).includes(text));
    }, `a message with "${text}"`);
  }

  /** The top modal or Home tab as plain text. */
  async screen(): Promise<string> {
    return screenText(await this.state(), this.entered);
  }

  /** A message as plain text, its text and its blocks. */
  textOfMessage(message: ShownMessage): string {
    return `${message.text}\n${messageText(message, this.entered)}`;
  }

  protected async channelId(channelOrUser: string): Promise<string> {
    const { conversations } = await this.state();
    const name = channelOrUser.replace(/^#/, '');
    const im = conversations.find((conversation) => conversation.kind === 'im');
    if (channelOrUser === this.userId && im) return im.id;
    const found = conversations.find((conversation) => conversation.id === name || conversation.name === name);
    if (!found) throw await this.failure(`${this.userId} sees no conversation "${channelOrUser}"`);
    return found.id;
  }

  protected async failure(message: string): Promise<Error> {
    return new Error(`${message}\n${dumpState(await this.state(), this.entered)}`);
  }
}
