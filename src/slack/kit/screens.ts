import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { type ModalContent, modal, section } from './blocks.ts';
import type { Identity } from './identify.ts';
import { SCREENS, type ScreenBehind, type ScreenRef } from './screenRefs.ts';
import type { Texts } from './texts/index.ts';

/** Loads and draws what a screen shows. Everything is loaded, and authorized, at each drawing. */
export type Render<State> = (identity: Identity, state: State) => Promise<ModalContent>;

/** The screens that features registered. */
export interface Screens {
  register<State>(screen: ScreenRef<State>, render: Render<State>): void;
  draw<State>(identity: Identity, screen: ScreenRef<State>, state: State): Promise<ModalView>;
}

/** An empty register of screens. */
export function createScreens(): Screens {
  const renders = new Map<string, Render<never>>();
  return {
    register(screen, render) {
      renders.set(screen.id, render);
    },
    async draw(identity, screen, state) {
      const render = renders.get(screen.id) as Render<typeof state> | undefined;
      if (!render) throw new Error(`No feature draws the screen ${screen.id}`);
      const content = await render(identity, state);
      return modal(content, { callbackId: screen.id, metadata: JSON.stringify(state) });
    },
  };
}

/** A view that is open, as Slack described it with an interaction. */
export const OpenView = z.object({
  id: z.string(),
  hash: z.string().optional(),
  type: z.string(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  root_view_id: z.string().nullish(),
  previous_view_id: z.string().nullish(),
});
export type OpenView = z.infer<typeof OpenView>;

/** The state of a view that shows `screen`; null where it shows another, or the state was not written by us. */
export function stateOf<State>(screen: ScreenRef<State>, view: OpenView | undefined): State | null {
  if (view?.callback_id !== screen.id) return null;
  try {
    const parsed = screen.state.safeParse(JSON.parse(view.private_metadata));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** As {@link stateOf}. @throws EngineError `draft_lost` where there is none. */
export function getState<State>(screen: ScreenRef<State>, view: OpenView | undefined): State {
  const state = stateOf(screen, view);
  if (state === null) throw new EngineError('draft_lost', {});
  return state;
}

/** The screen that stands in a view, for coming back to it without the outcome that it told; null where it is none. */
export function screenBehind(view: OpenView | undefined): ScreenBehind | null {
  const screen = Object.values<ScreenRef<unknown>>(SCREENS).find(({ id }) => id === view?.callback_id);
  const state = screen && stateOf(screen, view);
  if (!screen || !state) return null;
  const { note: _told, ...kept } = state as { note?: unknown };
  return { screen: screen.id, state: kept };
}

/** The reference and state of a screen to come back to. @throws EngineError `draft_lost` where there is none such. */
export function getBehind({ screen: id, state }: ScreenBehind): { screen: ScreenRef<unknown>; state: unknown } {
  const screen = Object.values<ScreenRef<unknown>>(SCREENS).find((each) => each.id === id);
  const parsed = screen?.state.safeParse(state);
  if (!screen || !parsed?.success) throw new EngineError('draft_lost', {});
  return { screen, state: parsed.data };
}

/** What stands in a modal while its content is being made; opened at once, because a trigger lives three seconds. */
export function loadingView(texts: Texts): ModalView {
  const blocks = [section(`:hourglass_flowing_sand: ${texts.common.loading}`)];
  return modal({ title: texts.app, blocks, close: texts.common.close }, { callbackId: 'loading', metadata: '' });
}

/** What stands in a modal while something confirmed is being done. */
export function workingView(texts: Texts): ModalView {
  const blocks = [section(`:hourglass_flowing_sand: ${texts.common.working}`), section(texts.common.workingHint)];
  return modal({ title: texts.app, blocks, close: texts.common.close }, { callbackId: 'working', metadata: '' });
}

/** A modal that says why something could not be done. */
export function errorView(texts: Texts, message: string): ModalView {
  const blocks = [section(`:warning: ${message}`)];
  return modal({ title: texts.errors.title, blocks, close: texts.common.close }, { callbackId: 'error', metadata: '' });
}

/** A modal without a way on: an outcome. */
export function noticeView(texts: Texts, content: Omit<ModalContent, 'close'>): ModalView {
  return modal({ ...content, close: texts.common.close }, { callbackId: 'notice', metadata: '' });
}
