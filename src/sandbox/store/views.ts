import { SlackError } from '../api/errors.ts';
import { type Mounts, mountInputs } from '../blocks/inputs.ts';
import { newId, newSecretId } from '../ids.ts';
import { type JsonObject, objectsOf, stringOf } from '../json.ts';

const STACK_LIMIT = 3;

/** A view that is open on somebody's screen, or published as a Home tab. */
export interface OpenView {
  id: string;
  userId: string;
  /** The view as the app sent it, with all ids filled in. */
  content: JsonObject;
  hash: string;
  rootViewId: string;
  previousViewId: string | null;
  mounts: Mounts;
  /** Errors the app's answer put below inputs, by block_id. */
  errors: Record<string, string>;
  /** A sentence above the footer, such as a failed submission. */
  notice: string | null;
  /** A submission is on its way to the app. */
  isBusy: boolean;
}

/** The modal stacks and Home tabs of everybody. */
export class Views {
  private readonly stacks = new Map<string, OpenView[]>();
  private readonly homes = new Map<string, OpenView>();

  /** A person's modals, from the bottom to the top. */
  stackOf(userId: string): readonly OpenView[] {
    return this.stacks.get(userId) ?? [];
  }

  /** A person's Home tab, if the app has published one. */
  homeOf(userId: string): OpenView | undefined {
    return this.homes.get(userId);
  }

  /** Any open modal or Home tab with this id. */
  find(id: string): OpenView | undefined {
    return this.all().find((view) => view.id === id);
  }

  /** Any open modal with this external_id. */
  findByExternalId(externalId: string): OpenView | undefined {
    return this.all().find((view) => view.content.external_id === externalId);
  }

  /** Throws when a further view has no place on this person's stack. */
  assertRoom(userId: string): void {
    if (this.stackOf(userId).length >= STACK_LIMIT) throw new SlackError('push_limit_reached');
  }

  /** Puts a new modal on top of a person's stack. */
  push(userId: string, content: JsonObject): OpenView {
    this.assertRoom(userId);
    const stack = this.stackOf(userId);
    const view = newView(userId, content, stack);
    this.stacks.set(userId, [...stack, view]);
    return view;
  }

  /** Replaces the content of a view. Inputs that keep block_id and action_id keep what the person entered. */
  replace(view: OpenView, content: JsonObject): void {
    view.content = content;
    view.hash = newHash();
    view.mounts = mountInputs(objectsOf(content.blocks), view.mounts);
    view.errors = {};
    view.notice = null;
  }

  /** Publishes a Home tab, or replaces the one that is there. */
  publish(userId: string, content: JsonObject): OpenView {
    const existing = this.homes.get(userId);
    if (existing) {
      this.replace(existing, content);
      return existing;
    }
    const view = newView(userId, content, []);
    this.homes.set(userId, view);
    return view;
  }

  /** Takes a modal off its stack, with all that lie above it. */
  remove(view: OpenView): void {
    const stack = this.stackOf(view.userId);
    const index = stack.indexOf(view);
    if (index >= 0) this.stacks.set(view.userId, stack.slice(0, index));
  }

  /** Closes all modals of a person. */
  clear(userId: string): void {
    this.stacks.delete(userId);
  }

  private all(): OpenView[] {
    return [...[...this.stacks.values()].flat(), ...this.homes.values()];
  }
}

function newView(userId: string, content: JsonObject, below: readonly OpenView[]): OpenView {
  const id = newId('V');
  return {
    id,
    userId,
    content,
    hash: newHash(),
    rootViewId: below[0]?.id ?? id,
    previousViewId: below.at(-1)?.id ?? null,
    mounts: mountInputs(objectsOf(content.blocks), {}),
    errors: {},
    notice: null,
    isBusy: false,
  };
}

function newHash(): string {
  return `${newSecretId().slice(0, 10)}.${newSecretId().slice(0, 8)}`;
}

/** The callback_id of a view, or an empty string as Slack sends it. */
export function callbackIdOf(view: OpenView): string {
  return stringOf(view.content.callback_id) ?? '';
}
