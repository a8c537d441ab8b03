import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { section } from './blocks.ts';
import { slackErrorOf } from './errorText.ts';
import type { Identity } from './identify.ts';
import type { ScreenRef } from './screenRefs.ts';
import { errorView, noticeView, type OpenView, type Screens } from './screens.ts';

/** How screens reach a person in answer to one interaction. */
export interface Stage {
  /** Fills the modal that was opened, or pushed, when the interaction arrived. */
  show<State>(screen: ScreenRef<State>, state: State): Promise<void>;
  /** Draws a screen into the view that the interaction came from. @returns false where the person closed it. */
  replace<State>(screen: ScreenRef<State>, state: State): Promise<boolean>;
  /** Draws a screen into the view below this one. @returns false where there is none any more. */
  refreshBelow<State>(screen: ScreenRef<State>, state: State): Promise<boolean>;
  /** Draws a screen into the first view of the stack, if that is neither this one nor the one below. */
  refreshRoot<State>(screen: ScreenRef<State>, state: State): Promise<void>;
  /** Shows an outcome in the view that the interaction came from, or in a message where the person closed it. */
  notice(title: string, text: string): Promise<void>;
}

export interface StageOptions {
  client: WebClient;
  screens: Screens;
  identity: Identity;
  /** The view that the interaction came from. */
  view: OpenView | undefined;
  /** The loading view opened for it. */
  opened: Promise<string> | undefined;
  wordError: (error: unknown) => string;
  whisper: (text: string) => Promise<void>;
}

/** Answers that mean that the person closed the window. */
const CLOSED = new Set(['not_found', 'view_not_found']);

/** The stage of one interaction. What a screen refuses is shown in its place, in words. */
export function createStage(options: StageOptions): Stage {
  const { client, screens, identity, view, opened, wordError, whisper } = options;

  async function drawn<State>(screen: ScreenRef<State>, state: State): Promise<ModalView> {
    try {
      return await screens.draw(identity, screen, state);
    } catch (error) {
      return errorView(identity.texts, wordError(error));
    }
  }

  const update = (viewId: string, content: ModalView) => updateView(client, viewId, content);

  /** Where something newer is on the screen already, draws again: what is stored now is newer still. */
  async function redraw<State>(onto: OpenView, screen: ScreenRef<State>, state: State): Promise<boolean> {
    try {
      return await updateView(client, onto.id, await drawn(screen, state), onto.hash);
    } catch (error) {
      if (slackErrorOf(error) !== 'hash_conflict') throw error;
      return update(onto.id, await drawn(screen, state));
    }
  }

  return {
    async show(screen, state) {
      if (opened) {
        const content = await drawn(screen, state);
        await update(await opened, content);
      } else if (view) await redraw(view, screen, state);
    },
    async replace(screen, state) {
      return view !== undefined && redraw(view, screen, state);
    },
    async refreshBelow(screen, state) {
      const below = view?.previous_view_id;
      return below ? update(below, await drawn(screen, state)) : false;
    },
    async refreshRoot(screen, state) {
      const root = view?.root_view_id;
      if (root && root !== view?.id && root !== view?.previous_view_id) await update(root, await drawn(screen, state));
    },
    async notice(title, text) {
      const content = noticeView(identity.texts, { title, blocks: [section(text)] });
      if (!(view && (await update(view.id, content)))) await whisper(text);
    },
  };
}

/** Updates a view. @returns false where the person has closed it, which is no error. */
export async function updateView(
  client: WebClient,
  viewId: string,
  content: ModalView,
  hash?: string,
): Promise<boolean> {
  try {
    await client.views.update({ view_id: viewId, view: content, ...(hash && { hash }) });
    return true;
  } catch (error) {
    if (CLOSED.has(slackErrorOf(error))) return false;
    throw error;
  }
}

/** Opens a view by a trigger, or pushes it where a modal is open. @returns its id. */
export async function openView(
  client: WebClient,
  triggerId: string,
  view: ModalView,
  onto: OpenView | undefined,
): Promise<string> {
  const request = { trigger_id: triggerId, view };
  const opened = onto?.type === 'modal' ? await client.views.push(request) : await client.views.open(request);
  return z.object({ view: z.object({ id: z.string() }) }).parse(opened).view.id;
}
