import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ModalContent } from './blocks.ts';
import type { Identity } from './identify.ts';
import type { ScreenRef } from './screenRefs.ts';
import { errorView, noticeView, type OpenView, type Screens } from './screens.ts';

/** How screens reach a person in answer to one interaction. */
export interface Stage {
  /** Fills the modal that was opened, or pushed, when the interaction arrived. */
  show<State>(screen: ScreenRef<State>, state: State): Promise<void>;
  /** Draws a screen into the view that the interaction came from. */
  replace<State>(screen: ScreenRef<State>, state: State): Promise<void>;
  /** Draws a screen into the view below this one, if there is one. */
  refreshBelow<State>(screen: ScreenRef<State>, state: State): Promise<void>;
  /** Draws a screen into the first view of the stack, if this one stands on it. */
  refreshRoot<State>(screen: ScreenRef<State>, state: State): Promise<void>;
  /** Shows an outcome in the view that the interaction came from. */
  notice(content: Omit<ModalContent, 'close'>): Promise<void>;
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
}

/** Answers that mean that something newer is on the person's screen, or that they closed the window. */
const OVERTAKEN = new Set(['hash_conflict', 'not_found', 'view_not_found']);

export function createStage(options: StageOptions): Stage {
  const { client, screens, identity, view, opened, wordError } = options;

  async function drawn<State>(screen: ScreenRef<State>, state: State): Promise<ModalView> {
    try {
      return await screens.draw(identity, screen, state);
    } catch (error) {
      return errorView(identity.texts, wordError(error));
    }
  }

  const update = (viewId: string, content: ModalView, hash?: string) => updateView(client, viewId, content, hash);

  return {
    async show(screen, state) {
      const content = await drawn(screen, state);
      const viewId = await opened;
      if (viewId) await update(viewId, content);
      else if (view) await update(view.id, content, view.hash);
    },
    async replace(screen, state) {
      if (view) await update(view.id, await drawn(screen, state), view.hash);
    },
    async refreshBelow(screen, state) {
      if (view?.previous_view_id) await update(view.previous_view_id, await drawn(screen, state));
    },
    async refreshRoot(screen, state) {
      const root = view?.root_view_id;
      if (root && root !== view?.id) await update(root, await drawn(screen, state));
    },
    async notice(content) {
      if (view) await update(view.id, noticeView(identity.texts, content));
    },
  };
}

/** Updates a view; that it was closed or changed meanwhile is no error. */
export async function updateView(client: WebClient, viewId: string, content: ModalView, hash?: string): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view: content, ...(hash && { hash }) });
  } catch (error) {
    if (!OVERTAKEN.has(slackErrorOf(error))) throw error;
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

/** The `error` that Slack's Web API answered with; empty for any other failure. */
export function slackErrorOf(error: unknown): string {
  return error instanceof WebAPIPlatformError ? error.data.error : '';
}
