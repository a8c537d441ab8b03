import type { ModalView } from '@slack/types';
import { context, modal, section } from './blocks.ts';
import { noticeView } from './screens.ts';
import type { Texts } from './texts/index.ts';

/** How far a background operation is, in words. */
export interface BackgroundProgress {
  /** "Assigning package:3 to 10,000 people". */
  doing: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Title of the outcome. */
  title: string;
  /** What it did, or why it did nothing. */
  outcome: string[];
}

/** One line that says what is being done and how far it is. */
export function progressLine(texts: Texts, { doing, state, startedAt, finishedAt }: BackgroundProgress): string {
  const { progress } = texts.background;
  switch (state) {
    case 'queued':
      return progress.queued(doing);
    case 'running':
      return progress.running(doing, texts.moment(startedAt ?? new Date(0)));
    case 'done':
      return progress.done(doing, texts.moment(finishedAt ?? new Date(0)));
    case 'failed':
      return progress.failed(doing);
  }
}

/** The message that tells of a background operation, from its queueing to its outcome. */
export function progressText(texts: Texts, progress: BackgroundProgress): string {
  return [progressLine(texts, progress), ...progress.outcome].join('\n');
}

/** What the window shows that waits for a background operation. */
export function progressView(texts: Texts, progress: BackgroundProgress): ModalView {
  if (progress.state === 'done' || progress.state === 'failed') {
    const title = progress.state === 'done' ? progress.title : texts.errors.title;
    return noticeView(texts, { title, blocks: [section(progressText(texts, progress))] });
  }
  const blocks = [section(progressLine(texts, progress)), context(texts.background.mayClose)];
  return modal({ title: texts.app, blocks, close: texts.common.close }, { callbackId: 'working', metadata: '' });
}
