import type { RequestView } from '../../engine/readModels/requests.ts';
import { reasonInput } from '../kit/askBlocks.ts';
import { type ModalContent, section } from '../kit/blocks.ts';
import { requestSentence } from '../kit/requestBlocks.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Asks why a request is rejected. */
export function rejectView(texts: Texts, view: RequestView): ModalContent {
  const words = texts.requests.rejecting;
  return {
    title: words.title,
    submit: words.submit,
    close: texts.common.cancel,
    blocks: [section(requestSentence(texts, view)), reasonInput(words.reason, words.hint)],
  };
}
