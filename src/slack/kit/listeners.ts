import type { App } from '@slack/bolt';
import type { Option } from '@slack/types';
import type { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { errorText } from './errorText.ts';
import type { Identified, Identity, SlackPerson } from './identify.ts';
import type { Interaction, Submitted } from './interaction.ts';
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
import { createRunner, type RunnerOptions } from './runner.ts';
import type { ScreenRef } from './screenRefs.ts';
import { errorView, getState, type OpenView, workingView } from './screens.ts';
import { updateView } from './stage.ts';
import { unescapeText } from './text.ts';
import { textsOf } from './texts/index.ts';

export interface ListenerOptions extends RunnerOptions {
  app: App;
}

export interface Listeners {
  command(
    name: string,
    opensModal: (text: string) => boolean,
    handle: (interaction: Interaction, text: string) => Promise<void>,
  ): void;
  shortcut(callbackId: string, handle: (interaction: Interaction) => Promise<void>): void;
  /**
   * `opens`: the click opens or pushes a modal; `fromOutside` does so only where it does not come from a modal, which
   * is drawn over instead. `value` parses what the button carried, or what was chosen.
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
 * Registers listeners with everything they share: acknowledge first, parse, identify and authorize, answer, and tell
 * the person when something went wrong. Features say what happens, never how it is answered.
 */
export function createListeners(options: ListenerOptions): Listeners {
  const { app, client, identify, log } = options;
  const { run, track, sendDirect, failOver, settled } = createRunner(options);
  const knownActions: (string | RegExp)[] = [];
  const knownScreens = new Set<string>();

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
          // Before the acknowledgement it is the answer; after it, an update of the window, or a message if it was
          // closed
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

    settled,
  };
}

function matches(known: string | RegExp, actionId: string): boolean {
  return typeof known === 'string' ? known === actionId : known.test(actionId);
}

/** What a button carried (our JSON), what was chosen, or what was typed. */
function carried(action: ActionBody['actions'][number] | undefined): unknown {
  if (action?.selected_options) return action.selected_options.map(({ value }) => value);
  if (action?.selected_option) return action.selected_option.value;
  if (action?.selected_date) return action.selected_date;
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
