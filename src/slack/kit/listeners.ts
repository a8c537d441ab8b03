import type { App } from '@slack/bolt';
import type { ModalView, Option } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import type { Block } from './blocks.ts';
import { errorText, InputError } from './errorText.ts';
import type { Identified, Identify, Identity, SlackPerson } from './identify.ts';
import {
  ActionBody,
  blockOf,
  CommandBody,
  HomeOpenedBody,
  personOf,
  ShortcutBody,
  SubmissionBody,
  SuggestionBody,
  type Values,
} from './payloads.ts';
import type { ScreenRef } from './screenRefs.ts';
import { errorView, getState, loadingView, noticeView, type OpenView, type Screens, workingView } from './screens.ts';
import { createStage, openView, type Stage, updateView } from './stage.ts';
import { unescapeText } from './text.ts';
import { type Language, textsOf } from './texts/index.ts';

/** Somebody identified, who did something, and the ways to answer. */
export interface Interaction {
  identity: Identity;
  stage: Stage;
  /** The view it happened in. */
  view: OpenView | undefined;
  /** What the inputs of that view hold. */
  values: Values;
  /** Answers privately, where a modal would be too much. */
  whisper(text: string): Promise<void>;
}

/** The answer to a submitted view: errors beside inputs (by action id), or what to do after the window has been answered. */
export type Submitted =
  | { errors: Record<string, string> }
  /** Another drawing of a screen, quick enough to be the answer itself. */
  | { drawn: ModalView }
  /** `close` takes the view away at once; else a "Working…" view stands in until `work` draws over it. */
  | { close?: boolean; work: () => Promise<unknown> };

/** What somebody who may not use the bot is told: words, or more than words. */
export type Explanation = string | { title: string; blocks: Block[] };
export type ExplainRefusal = (refused: Extract<Identified, { refusal: unknown }>) => Promise<Explanation>;

export interface ListenerOptions {
  app: App;
  client: WebClient;
  identify: Identify;
  languageHint: (person: SlackPerson) => Language;
  explainRefusal: ExplainRefusal;
  screens: Screens;
  log: (reference: string, error: unknown) => void;
}

export interface Listeners {
  command(
    name: string,
    opensModal: (text: string) => boolean,
    handle: (interaction: Interaction, text: string) => Promise<void>,
  ): void;
  shortcut(callbackId: string, handle: (interaction: Interaction) => Promise<void>): void;
  /**
   * `opens`: the click opens or pushes a modal; `fromOutside` does so only where it does not come from a modal, which is
   * drawn over instead. `value` parses what the button carried, or what was chosen.
   */
  action<Value>(
    actionId: string | RegExp,
    options: { opens?: boolean | 'fromOutside'; value: z.ZodType<Value> },
    handle: (interaction: Interaction, value: Value) => Promise<unknown>,
  ): void;
  submission<State>(
    screen: ScreenRef<State>,
    handle: (interaction: Interaction, state: State) => Promise<Submitted>,
  ): void;
  suggestions(
    actionId: string,
    handle: (identity: Identity, typed: string, view: OpenView | undefined) => Promise<Option[]>,
  ): void;
  /** `fail` shows, in the place of the Home tab, why it could not be drawn. */
  homeOpened(
    handle: (identified: Identified) => Promise<void>,
    fail: (person: SlackPerson, words: string) => Promise<void>,
  ): void;
  /** A click that is handled before anybody is identified. */
  unidentified(actionId: string, handle: (click: ActionBody) => Promise<void>): void;
  /** Resolves when no listener is at work any more. */
  settled(): Promise<void>;
}

/**
 * Registers listeners with everything they share: acknowledge first, parse, identify and authorize, answer, and tell the
 * person when something went wrong. Features say what happens, never how it is answered.
 */
export function createListeners(options: ListenerOptions): Listeners {
  const { app, client, identify, screens, log } = options;
  const atWork = new Set<Promise<void>>();
  const windows = new Map<string, Promise<void>>();
  const knownActions: (string | RegExp)[] = [];
  const knownScreens = new Set<string>();

  function track(work: Promise<void>): Promise<void> {
    atWork.add(work);
    return work.finally(() => atWork.delete(work));
  }

  /** One thing at a time in a window, in the order in which it was done: a choice is stored before it is confirmed. */
  function inTurn(view: OpenView | undefined, work: () => Promise<void>): Promise<void> {
    const window = view?.root_view_id ?? view?.id;
    if (window === undefined) return work();
    const done = (windows.get(window) ?? Promise.resolve()).then(work);
    const settled = done
      .catch(() => undefined)
      .then(() => {
        if (windows.get(window) === settled) windows.delete(window);
      });
    windows.set(window, settled);
    return done;
  }

  /** Shows words in the window that was opened for them, else, or where that fails, as `fail` does. */
  async function tell(
    opened: Promise<string> | undefined,
    content: ModalView,
    fail: () => Promise<void>,
  ): Promise<void> {
    const viewId = await opened?.catch(() => null);
    const shown = viewId ? await updateView(client, viewId, content).catch(() => false) : false;
    if (!shown) await fail();
  }

  /** Runs one interaction of `person`; `onto` is the view it came from, `trigger` lets a modal be opened. */
  async function run(
    request: {
      person: SlackPerson;
      view: OpenView | undefined;
      values: Values;
      openWith: string | undefined;
      whisper: (text: string) => Promise<void>;
      fail: (text: string) => Promise<void>;
    },
    handle: (interaction: Interaction) => Promise<unknown>,
  ): Promise<void> {
    const { person, view, values, openWith, whisper } = request;
    let texts = textsOf(options.languageHint(person));
    const opened = openWith ? openView(client, openWith, loadingView(texts), view) : undefined;
    // Awaited where it is needed; a failure before that must not count as unhandled
    opened?.catch(() => undefined);
    await inTurn(view, async () => {
      try {
        const identified = await identify(person);
        if ('refusal' in identified) {
          texts = identified.texts;
          await refuse(person, identified, opened, request.fail);
          return;
        }
        const { identity } = identified;
        texts = identity.texts;
        const wordError = (error: unknown) => errorText(identity.texts, error, log);
        const stage = createStage({ client, screens, identity, view, opened, wordError, whisper });
        await handle({ identity, stage, view, values, whisper });
      } catch (error) {
        const words = errorText(texts, error, log);
        await tell(opened, errorView(texts, words), () => request.fail(words));
      }
    });
  }

  async function refuse(
    person: SlackPerson,
    refused: Extract<Identified, { refusal: unknown }>,
    opened: Promise<string> | undefined,
    fail: (words: string) => Promise<void>,
  ): Promise<void> {
    const { texts } = refused;
    const explained = await options.explainRefusal(refused);
    if (typeof explained === 'string') return tell(opened, errorView(texts, explained), () => fail(explained));
    const { title, blocks } = explained;
    await tell(opened, noticeView(texts, { title, blocks }), async () => {
      await client.chat.postMessage({ channel: person.slackUserId, text: title, blocks });
    });
  }

  /** The last resort for words that have no window to stand in: a direct message. */
  async function sendDirect(person: SlackPerson, text: string): Promise<void> {
    await client.chat.postMessage({ channel: person.slackUserId, text });
  }

  /** Pushes an error onto the open modal; without one, or if that fails, says it in a direct message. */
  function failOver(person: SlackPerson, view: OpenView | undefined, triggerId: string | undefined) {
    return async (words: string) => {
      const texts = textsOf(options.languageHint(person));
      try {
        if (!triggerId) throw new InputError(words);
        await openView(client, triggerId, errorView(texts, words), view);
      } catch {
        await sendDirect(person, words);
      }
    };
  }

  /** Windows and messages of an older version: whatever nobody listens to is still answered. */
  function answerTheForgotten(): void {
    app.action({ type: 'block_actions' }, async ({ ack, body }) => {
      const { actions, view, trigger_id, ...rest } = ActionBody.parse(body);
      const [action] = actions;
      if (!action || knownActions.some((known) => matches(known, action.action_id))) return;
      await ack();
      const person = personOf(rest);
      const request = {
        person,
        view,
        values: {},
        openWith: undefined,
        whisper: (words: string) => sendDirect(person, words),
      };
      const fail = failOver(person, view, trigger_id);
      await track(run({ ...request, fail }, () => Promise.reject(new EngineError('draft_lost', {}))));
    });
    app.view(/^/, async ({ ack, body }) => {
      if (knownScreens.has(body.view.callback_id)) return;
      const parsed = SubmissionBody.safeParse(body);
      const texts = parsed.success ? textsOf(options.languageHint(personOf(parsed.data))) : textsOf('en');
      await ack({ response_action: 'update', view: errorView(texts, texts.errors.draft_lost) });
    });
  }
  answerTheForgotten();

  return {
    command(name, opensModal, handle) {
      app.command(name, async ({ ack, body, respond }) => {
        await ack();
        const { team_id, user_id, text, trigger_id } = CommandBody.parse(body);
        const whisper = async (words: string) => {
          await respond({ response_type: 'ephemeral', text: words });
        };
        const person = { teamId: team_id, slackUserId: user_id };
        const openWith = opensModal(text) ? trigger_id : undefined;
        const request = { person, view: undefined, values: {}, openWith, whisper, fail: whisper };
        await track(run(request, (interaction) => handle(interaction, unescapeText(text))));
      });
    },

    shortcut(callbackId, handle) {
      app.shortcut(callbackId, async ({ ack, body }) => {
        await ack();
        const parsed = ShortcutBody.parse(body);
        const person = personOf(parsed);
        const whisper = (words: string) => sendDirect(person, words);
        const request = { person, view: undefined, values: {}, openWith: parsed.trigger_id, whisper, fail: whisper };
        await track(run(request, handle));
      });
    },

    action(actionId, { opens = false, value }, handle) {
      knownActions.push(actionId);
      app.action(actionId, async ({ ack, body }) => {
        await ack();
        const { actions, view, trigger_id, ...rest } = ActionBody.parse(body);
        const person = personOf(rest);
        const fail = failOver(person, view, trigger_id);
        const whisper = (words: string) => sendDirect(person, words);
        const isOpening = opens === 'fromOutside' ? view?.type !== 'modal' : opens;
        const openWith = isOpening ? trigger_id : undefined;
        const request = { person, view, values: view?.state?.values ?? {}, openWith, whisper, fail };
        await track(run(request, (interaction) => handle(interaction, value.parse(carried(actions[0])))));
      });
    },

    submission(screen, handle) {
      knownScreens.add(screen.id);
      app.view(screen.id, async ({ ack, body }) => {
        const parsed = SubmissionBody.safeParse(body);
        if (!parsed.success) return ack();
        const { hash: _old, ...view } = parsed.data.view;
        const values = view.state.values;
        const person = personOf(parsed.data);
        const texts = textsOf(options.languageHint(person));
        const fail = async (words: string) => {
          // Before the acknowledgement it is the answer; after it, an update of the window, or a message if it was closed
          if (answered === 'no') await ack({ response_action: 'update', view: errorView(texts, words) });
          else if (answered === 'closed') await sendDirect(person, words);
          else if (!(await updateView(client, view.id, errorView(texts, words)))) await sendDirect(person, words);
        };
        let answered: 'no' | 'working' | 'closed' = 'no';
        const whisper = (words: string) => sendDirect(person, words);
        const request = { person, view, values, openWith: undefined, whisper, fail };
        await track(
          run(request, async (interaction) => {
            const answer = await handle(interaction, getState(screen, view));
            answered = 'close' in answer && answer.close ? 'closed' : 'working';
            if ('drawn' in answer) return ack({ response_action: 'update', view: answer.drawn });
            if ('errors' in answer) return ack({ response_action: 'errors', errors: byBlock(answer.errors, values) });
            if (answer.close) await ack();
            else await ack({ response_action: 'update', view: workingView(interaction.identity.texts) });
            await answer.work();
          }),
        );
      });
    },

    suggestions(actionId, handle) {
      app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: actionId }, async ({ ack, body }) => {
        const parsed = SuggestionBody.safeParse(body);
        let found: Option[] = [];
        try {
          if (parsed.success) {
            const identified = await identify(personOf(parsed.data));
            if ('identity' in identified)
              found = await handle(identified.identity, parsed.data.value, parsed.data.view);
          }
        } catch (error) {
          errorText(textsOf('en'), error, log);
        }
        await ack({ options: found.slice(0, 100) as (Option & { text: { type: 'plain_text'; text: string } })[] });
      });
    },

    homeOpened(handle, fail) {
      app.event('app_home_opened', async ({ body }) => {
        const { team_id, event } = HomeOpenedBody.parse(body);
        if (event.tab !== undefined && event.tab !== 'home') return;
        const person = { teamId: team_id, slackUserId: event.user };
        const publish = async () => {
          try {
            await handle(await identify(person));
          } catch (error) {
            await fail(person, errorText(textsOf(options.languageHint(person)), error, log));
          }
        };
        await track(publish());
      });
    },

    unidentified(actionId, handle) {
      knownActions.push(actionId);
      app.action(actionId, async ({ ack, body }) => {
        await ack();
        await track(handle(ActionBody.parse(body)));
      });
    },

    async settled() {
      while (atWork.size > 0) await Promise.allSettled([...atWork]);
    },
  };
}

function matches(known: string | RegExp, actionId: string): boolean {
  return typeof known === 'string' ? known === actionId : known.test(actionId);
}

/** What a button carried (our JSON), what was chosen, or what was typed. */
function carried(action: ActionBody['actions'][number] | undefined): unknown {
  if (action?.selected_options) return action.selected_options.map(({ value }) => value);
  if (action?.selected_option) return action.selected_option.value;
  const value = action?.value ?? '';
  if (!value.startsWith('{')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Errors by input become errors by block, which is how Slack wants them. */
function byBlock(errors: Record<string, string>, values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([actionId, message]) => [blockOf(values, actionId) ?? actionId, message]),
  );
}
