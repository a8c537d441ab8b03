import { z } from 'zod';
import { mayDo } from '../../engine/core/metaPermissions.ts';
import { listRequests, type RequestList } from '../../engine/readModels/requestLists.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { requestsView } from './listView.ts';
import { registerAsk } from './registerAsk.ts';
import { registerDecide } from './registerDecide.ts';
import { registerSelf } from './registerSelf.ts';

const Tab = z.object({ tab: z.enum(['decide', 'mine', 'all']) });

/** Requests: asking, the lists, deciding, and asking for oneself (DOMAIN 6). */
export const registerRequests: Feature = (kit) => {
  const { approvals, screens, listeners, subcommands } = kit;

  screens.register(SCREENS.requests, async ({ actor, texts }, { tab, page, note }) => {
    const load = (wanted: number) =>
      listRequests(approvals.context, actor, tab, { offset: wanted * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await load(page);
    const last = pageOf(page, found.total).page;
    const tabs: RequestList[] = ['decide', 'mine', ...(mayDo(actor, 'view') ? (['all'] as const) : [])];
    return requestsView(texts, { tab, tabs, ...(last === page ? found : await load(last)), page: last, note });
  });

  /** What waits for the person, where anything does; else their own. */
  async function firstTab({ actor }: Identity): Promise<'decide' | 'mine'> {
    const { total } = await listRequests(approvals.context, actor, 'decide', { offset: 0, limit: 1 });
    return total > 0 ? 'decide' : 'mine';
  }

  subcommands.add({
    name: 'requests',
    help: 'requests',
    needs: null,
    opensModal: true,
    run: async ({ identity, stage }) => stage.show(SCREENS.requests, { tab: await firstTab(identity), page: 0 }),
  });
  listeners.action(ACTIONS.openRequests, { opens: 'fromOutside', value: z.unknown() }, async ({ identity, stage }) =>
    stage.show(SCREENS.requests, { tab: await firstTab(identity), page: 0 }),
  );
  listeners.action(/^requests_tab_/, { value: Tab }, ({ stage }, { tab }) =>
    stage.replace(SCREENS.requests, { tab, page: 0 }),
  );
  listeners.action(
    /^requests_page_/,
    { value: z.object({ page: z.number().int().min(0) }) },
    ({ stage, view }, { page }) =>
      stage.replace(SCREENS.requests, { ...getState(SCREENS.requests, view), page, note: undefined }),
  );

  for (const register of [registerAsk, registerDecide, registerSelf]) register(kit);
};
