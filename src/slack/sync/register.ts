import { z } from 'zod';
import { decideCell } from '../../engine/core/cellChoices.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { syncPage } from '../../engine/readModels/sync.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction } from '../kit/interaction.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { findMentioned, splitPackageAndPerson } from '../kit/people.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { registerSyncReview } from './registerSyncReview.ts';
import { choicesOf, filterOf, pressControl, SyncDraft } from './syncDraft.ts';
import { syncDrafts } from './syncDrafts.ts';
import { syncView } from './syncView.ts';

const Scope = z.object({
  number: z.number().int(),
  permissionId: z.number().int().nullable().default(null),
  userId: z.number().int().nullable().default(null),
});

/** What a button asks to be shown first. */
const Opened = Scope.extend({ shown: z.literal('drift').optional() });

const Choice = z
  .string()
  .regex(/^(sync|skip):\d+:\d+$/)
  .transform((text) => {
    const [choice, user, permission] = text.split(':');
    return { chosen: choice === 'sync', userId: Number(user), permissionId: Number(permission) };
  });

/** Syncing: a list of members with Sync or Skip for each; {@link registerSyncReview} goes on (DOMAIN 4). */
export const registerSync: Feature = (kit) => {
  const { engine, screens, listeners, subcommands } = kit;
  const drafts = syncDrafts(engine);
  registerSyncReview(kit, drafts);

  screens.register(SCREENS.sync, async (identity, { page, revision, note, ...scope }) => {
    const draft = await drafts.of(identity, scope);
    const load = (wanted: number) => {
      const shown = { filter: filterOf(draft), offset: wanted * PAGE_SIZE, limit: PAGE_SIZE };
      return syncPage(engine, identity.actor, scope, choicesOf(draft), shown);
    };
    const view = await load(page);
    const last = pageOf(page, view.total).page;
    return syncView(identity.texts, {
      view: last === page ? view : await load(last),
      draft,
      page: last,
      revision,
      note,
    });
  });

  subcommands.add({
    name: 'sync',
    help: 'sync',
    needs: 'sync_packages',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const { pack, person } = splitPackageAndPerson(rest);
      const { number } = await resolvePackage(engine, identity.actor, pack);
      const userId = person ? (await findMentioned(engine, identity, person)).userId : null;
      await stage.show(SCREENS.sync, { number, permissionId: null, userId, page: 0, revision: 0 });
    },
  });

  listeners.action(
    ACTIONS.openSync,
    { opens: true, value: Opened },
    async ({ identity, stage }, { shown, ...scope }) => {
      requireMay(identity.actor, 'sync_packages');
      if (shown) {
        const draft = await drafts.of(identity, scope);
        await drafts.save(identity, scope, { ...draft, shown, search: '' });
      }
      await stage.show(SCREENS.sync, { ...scope, page: 0, revision: 0 });
    },
  );
  listeners.action(ACTIONS.syncBack, { value: Scope }, ({ stage }, scope) =>
    stage.replace(SCREENS.sync, { ...scope, page: 0, revision: 1 }),
  );

  /** Changes the draft behind the list in view, and draws it again. */
  async function change(
    { identity, stage, view }: Interaction,
    edit: (draft: SyncDraft) => SyncDraft,
    page?: number,
  ): Promise<void> {
    const state = getState(SCREENS.sync, view);
    await drafts.change(identity, state, edit);
    const next = { page: page ?? state.page, revision: state.revision + 1, note: undefined };
    await stage.replace(SCREENS.sync, { ...state, ...next });
  }

  listeners.action(/^sync_choice_\d/, { value: Choice }, (interaction, decided) =>
    change(interaction, (draft) => ({ ...draft, exceptions: decideCell(draft.exceptions, decided) })),
  );
  listeners.action(
    /^sync_control_/,
    { value: z.object({ control: SyncDraft.shape.control }) },
    (interaction, { control }) => change(interaction, (draft) => pressControl(draft, control)),
  );
  listeners.action(ACTIONS.syncStatus, { value: SyncDraft.shape.shown }, (interaction, shown) =>
    change(interaction, (draft) => ({ ...draft, shown }), 0),
  );
  listeners.action(ACTIONS.syncFilter, { value: z.string() }, (interaction, search) =>
    change(interaction, (draft) => ({ ...draft, search: search.slice(0, 200) }), 0),
  );
  listeners.action(/^sync_page_/, { value: z.object({ page: z.number().int().min(0) }) }, (interaction, { page }) =>
    change(interaction, (draft) => draft, page),
  );

  listeners.submission(SCREENS.sync, async ({ stage }, { number, permissionId, userId }) => ({
    work: async () => {
      await stage.replace(SCREENS.syncReview, { number, permissionId, userId, moved: false });
    },
  }));
};
