import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { errorText, InputError } from './errorText.ts';
import type { Identified, Identify, SlackPerson } from './identify.ts';
import type { ExplainRefusal, Interaction } from './interaction.ts';
import type { Values } from './payloads.ts';
import { errorView, loadingView, noticeView, type OpenView, type Screens } from './screens.ts';
import { createStage, openView, updateView } from './stage.ts';
import { type Language, textsOf } from './texts/index.ts';
import { createWindowQueue } from './windowQueue.ts';

export interface RunnerOptions {
  client: WebClient;
  identify: Identify;
  languageHint: (person: SlackPerson) => Language;
  explainRefusal: ExplainRefusal;
  screens: Screens;
  log: (reference: string, error: unknown) => void;
}

/** One thing that somebody did, and the ways to answer it. */
export interface Request {
  person: SlackPerson;
  /** The view that it came from. */
  view: OpenView | undefined;
  values: Values;
  /** A trigger, where a modal is to be opened or pushed at once. */
  openWith: string | undefined;
  whisper: (text: string) => Promise<void>;
  /** Says what went wrong where no window was opened for the answer. */
  fail: (text: string) => Promise<void>;
}

export interface Runner {
  /** Opens what is to be opened, identifies the person, and handles the interaction; errors reach the person. */
  run(request: Request, handle: (interaction: Interaction) => Promise<unknown>): Promise<void>;
  /** Remembers work until it has ended. */
  track(work: Promise<void>): Promise<void>;
  /** The last resort for words that have no window to stand in: a direct message. */
  sendDirect(person: SlackPerson, text: string): Promise<void>;
  /** Pushes an error onto the open modal; without one, or if that fails, says it in a direct message. */
  failOver(
    person: SlackPerson,
    view: OpenView | undefined,
    triggerId: string | undefined,
  ): (words: string) => Promise<void>;
  /** Resolves when nothing is at work any more. */
  settled(): Promise<void>;
}

/** What every listener shares once a request was acknowledged: who is it, may they, and what if it fails. */
export function createRunner(options: RunnerOptions): Runner {
  const { client, identify, screens, log } = options;
  const atWork = new Set<Promise<void>>();
  const { inTurn } = createWindowQueue();

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

  async function run(request: Request, handle: (interaction: Interaction) => Promise<unknown>): Promise<void> {
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
        const tellFailure = (words: string) => whisper(words).catch(() => sendDirect(person, words));
        const later = (what: string, work: () => Promise<unknown>) =>
          goOn(work, (error) => tellFailure(`\`${what}\`: ${wordError(error)}`));
        await handle({ identity, stage, view, values, whisper, later });
      } catch (error) {
        const words = errorText(texts, error, log);
        await tell(opened, errorView(texts, words), () => request.fail(words));
      }
    });
  }

  function goOn(work: () => Promise<unknown>, onError: (error: unknown) => Promise<void>): void {
    const toTheEnd = async () => void (await work());
    track(toTheEnd().catch(onError)).catch((error: unknown) => log('unheard', error));
  }

  function track(work: Promise<void>): Promise<void> {
    atWork.add(work);
    return work.finally(() => atWork.delete(work));
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

  async function sendDirect(person: SlackPerson, text: string): Promise<void> {
    await client.chat.postMessage({ channel: person.slackUserId, text });
  }

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

  return {
    run,
    sendDirect,
    failOver,
    track,
    async settled() {
      while (atWork.size > 0) await Promise.allSettled([...atWork]);
    },
  };
}
