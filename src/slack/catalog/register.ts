import { z } from 'zod';
import {
  type CatalogPage,
  catalogApplication,
  catalogApplications,
  catalogStructures,
  mainCheck,
  permissionUses,
} from '../../engine/readModels/catalog.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { typedText } from '../kit/payloads.ts';
import { type CatalogState, catalogState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { applicationView } from './applicationView.ts';
import { type CatalogList, catalogView } from './catalogView.ts';
import { MenuChoice } from './menuChoice.ts';
import { registerForms } from './registerForms.ts';
import { registerRetirement } from './registerRetirement.ts';
import { usesView } from './usesView.ts';

const Page = z.object({ page: z.number().int().min(0) });
const Tab = z.object({ tab: z.enum(['applications', 'structures', 'check']) });

/**
 * The catalogue: its lists, an application, and where a permission is used. One window shows the lists and each
 * application in turn; forms and uses are pushed onto it.
 */
export const registerCatalog: Feature = (kit) => {
  const { engine, screens, listeners, subcommands } = kit;
  const openForm = registerForms(kit);
  const openRetirement = registerRetirement(kit);

  async function load({ actor }: Identity, { tab, text, page }: CatalogState): Promise<CatalogList> {
    const wanted: CatalogPage = { text, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
    if (tab === 'applications') return { tab, ...(await catalogApplications(engine, actor, wanted)) };
    if (tab === 'structures') return { tab, ...(await catalogStructures(engine, actor, wanted)) };
    return { tab, ...(await mainCheck(engine, actor, wanted)) };
  }

  screens.register(SCREENS.catalog, async (identity, state) => {
    const { actor, texts } = identity;
    const { application, note } = state;
    if (application) {
      const view = await catalogApplication(engine, actor, application.id);
      return applicationView(texts, actor, view, { page: application.page, note });
    }
    const list = await load(identity, state);
    // A page past the end tells no total: entries went away meanwhile, and the first page is always there
    if (list.total > 0 || state.page === 0) return catalogView(texts, actor, list, state);
    return catalogView(texts, actor, await load(identity, { ...state, page: 0 }), { ...state, page: 0 });
  });
  screens.register(SCREENS.catalogUses, async ({ actor, texts }, { permissionId, page }) => {
    const wanted = { offset: page * PAGE_SIZE, limit: PAGE_SIZE };
    const view = await permissionUses(engine, actor, permissionId, wanted);
    const { page: last, offset } = pageOf(page, view.permission.live + view.permission.removed);
    const shown = last === page ? view : await permissionUses(engine, actor, permissionId, { ...wanted, offset });
    return usesView(texts, shown, { page: last });
  });

  subcommands.add({
    name: 'catalog',
    help: 'catalog',
    needs: 'view',
    opensModal: true,
    run: ({ stage }, rest) => stage.show(SCREENS.catalog, catalogState(rest)),
  });
  listeners.action(ACTIONS.openCatalog, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.catalog, catalogState()),
  );
  listeners.action(/^catalog_tab_/, { value: Tab }, ({ stage }, { tab }) =>
    stage.replace(SCREENS.catalog, { ...catalogState(), tab }),
  );

  const filtered = (state: CatalogState, text: string): CatalogState => ({
    ...{ tab: state.tab, text: text.slice(0, 200), page: 0, application: null },
  });
  listeners.action(ACTIONS.catalogFilter, { value: z.string() }, ({ stage, view }, text) =>
    stage.replace(SCREENS.catalog, filtered(getState(SCREENS.catalog, view), text)),
  );
  listeners.submission(SCREENS.catalog, async ({ identity, values }, state) => {
    const text = typedText(values, ACTIONS.catalogFilter);
    return { drawn: await screens.draw(identity, SCREENS.catalog, filtered(state, text)) };
  });
  listeners.action(/^catalog_page_/, { value: Page }, ({ stage, view }, { page }) => {
    const { application, ...state } = getState(SCREENS.catalog, view);
    const turned = application ? { application: { ...application, page } } : { application, page };
    return stage.replace(SCREENS.catalog, { ...state, ...turned, note: undefined });
  });
  listeners.action(
    ACTIONS.catalogApplication,
    { value: z.object({ id: z.number().int() }) },
    ({ stage, view }, { id }) => {
      const state = getState(SCREENS.catalog, view);
      return stage.replace(SCREENS.catalog, { ...state, application: { id, page: 0 }, note: undefined });
    },
  );
  listeners.action(ACTIONS.catalogBack, { value: z.unknown() }, ({ stage, view }) =>
    stage.replace(SCREENS.catalog, { ...getState(SCREENS.catalog, view), application: null, note: undefined }),
  );
  listeners.action(/^catalog_menu_/, { opens: true, value: MenuChoice }, (interaction, { choice, kind, id }) => {
    switch (choice) {
      case 'uses':
        return interaction.stage.show(SCREENS.catalogUses, { permissionId: id, page: 0 });
      case 'edit':
        return openForm.edit(interaction, kind, id);
      case 'below':
        return openForm.below(interaction, id);
      case 'retire':
      case 'restore':
        return openRetirement(interaction, { kind, id }, choice);
      default:
        return choice satisfies never;
    }
  });
  listeners.action(/^catalog_uses_page_/, { value: Page }, ({ stage, view }, { page }) =>
    stage.replace(SCREENS.catalogUses, { ...getState(SCREENS.catalogUses, view), page }),
  );
};
