import type { Mounts } from '../blocks/inputs.ts';
import { newId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { SandboxOptions } from '../options.ts';

/** A message as it stands in a conversation. */
export interface Message {
  ts: string;
  user: string;
  isBot: boolean;
  text: string;
  blocks: JsonObject[];
  mounts: Mounts;
  fileIds: string[];
  threadTs: string | null;
  editedTs: string | null;
  /** Only this person sees it. */
  ephemeralTo: string | null;
  metadata: JsonObject | null;
}

/** A public channel, or the direct messages between the bot and one person. */
export interface Conversation {
  id: string;
  kind: 'channel' | 'im';
  name: string;
  members: Set<string>;
  botIsMember: boolean;
  messages: Message[];
}

/** The channels and direct messages of the workspace. */
export class Conversations {
  private readonly byId = new Map<string, Conversation>();
  private readonly imByPerson = new Map<string, Conversation>();

  constructor(options: SandboxOptions) {
    const everybody = options.people.map((person) => person.id);
    for (const channel of options.channels) {
      this.byId.set(channel.id, {
        id: channel.id,
        kind: 'channel',
        name: channel.name,
        members: new Set(channel.members ?? everybody),
        botIsMember: channel.botIsMember ?? true,
        messages: [],
      });
    }
  }

  /** All public channels. */
  get channels(): Conversation[] {
    return [...this.byId.values()].filter((conversation) => conversation.kind === 'channel');
  }

  /** The conversation with this id, if there is one. */
  find(id: string): Conversation | undefined {
    return this.byId.get(id);
  }

  /** The channel with this name (without `#`), if there is one. */
  findByName(name: string): Conversation | undefined {
    return this.channels.find((channel) => channel.name === name);
  }

  /** The direct messages between the bot and this person, opened if need be. */
  ensureIm(personId: string): Conversation {
    const existing = this.imByPerson.get(personId);
    if (existing) return existing;
    const im: Conversation = {
      id: newId('D'),
      kind: 'im',
      name: 'directmessage',
      members: new Set([personId]),
      botIsMember: true,
      messages: [],
    };
    this.byId.set(im.id, im);
    this.imByPerson.set(personId, im);
    return im;
  }

  /** What a person sees in the sidebar: their channels, then the bot's direct messages. */
  visibleTo(personId: string): Conversation[] {
    return [...this.channels.filter((channel) => channel.members.has(personId)), this.ensureIm(personId)];
  }
}
