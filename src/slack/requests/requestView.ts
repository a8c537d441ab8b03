import type { RequestRights, RequestView } from '../../engine/readModels/requests.ts';
import { actions, button, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { requestBlocks } from '../kit/requestBlocks.ts';
import type { Texts } from '../kit/texts/index.ts';

/** People named with their changes; the plan keeps no more. */
const PEOPLE_SHOWN = 10;

/** One request with everything that is known of it, and what the person may do with it. */
export function requestView(
  texts: Texts,
  view: RequestView & { may: RequestRights },
  note: string | undefined,
): ModalContent {
  const { request, may } = view;
  const words = texts.requests;
  const about = { requestId: request.id, revision: request.revision };
  return {
    title: words.one(request.id),
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      ...requestBlocks(texts, view, PEOPLE_SHOWN),
      ...actions(`request_actions_${request.revision}`, [
        ...(may.decide
          ? [
              button(ACTIONS.approveRequest, words.approve, about, { style: 'primary' }),
              button(ACTIONS.rejectRequest, words.reject, about, { style: 'danger' }),
            ]
          : []),
        ...(may.retry ? [button(ACTIONS.retryRequest, words.retry, about)] : []),
        ...(may.cancel ? [button(ACTIONS.cancelRequest, words.cancel, about, { confirm: words.cancelConfirm })] : []),
      ]),
    ],
  };
}
