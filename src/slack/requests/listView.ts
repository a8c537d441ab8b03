import type { ListedRequest, RequestList } from '../../engine/readModels/requestLists.ts';
import { actions, button, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { requestRow } from '../kit/requestBlocks.ts';
import type { Texts } from '../kit/texts/index.ts';

export interface RequestsScreen {
  tab: RequestList;
  /** The lists that the person may see. */
  tabs: readonly RequestList[];
  requests: readonly ListedRequest[];
  total: number;
  page: number;
  note: string | undefined;
}

/** Requests: those that wait for one's decision, one's own, all of them. */
export function requestsView(texts: Texts, { tab, tabs, requests, total, page, note }: RequestsScreen): ModalContent {
  const words = texts.requests.list;
  return {
    title: texts.requests.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      ...actions('requests_tabs', [
        ...tabs.map((each) =>
          button(
            ...([`${ACTIONS.requestsTab}_${each}`, words.tabs[each], { tab: each }] as const),
            each === tab ? { style: 'primary' } : {},
          ),
        ),
      ]),
      ...(requests.length === 0 ? [section(words.none[tab])] : requests.map((request) => requestRow(texts, request))),
      ...pager(texts, ACTIONS.requestsPage, { page, total }),
      ...actions('requests_ask', [button(ACTIONS.askAccess, words.ask)]),
    ],
  };
}
