import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { decideCell } from '../../engine/core/cellChoices.ts';
import { EngineError } from '../../engine/errors.ts';
import { type SyncOutcome, syncPackage } from '../../engine/operations/syncPackage.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { exceptionsStillTrue, previewSync, type SyncQuestion, syncPage } from '../../engine/readModels/sync.ts';
import { draftIdOf, draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { findMentioned, splitMention } from '../kit/people.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { packageName } from '../kit/wording.ts';
import { syncDone } from './syncDone.ts';
import { choicesOf, filterOf, pressControl, SyncDraft, startSync } from './syncDraft.ts';
import { syncReviewView } from './syncReviewView.ts';
import { syncView } from './syncView.ts';

/** Changed cells named in a review; the rest are counted. */
const CHANGED_NAMED = 10;

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

/** Syncing: a list of members with Sync or Skip for each, what it would do, and the confirmation (DOMAIN 4). */
export const registerSync: Feature = (kit) => {
  const { engine, screens, listeners, subcommands, background, approvals, onOperation } = kit;
  const drafts = draftsOf(engine, 'sync', SyncDraft);
  const idOf = (identity: Identity, { number, permissionId, userId }: SyncQuestion) =>
    draftIdOf(identity, 'sync', number, permissionId, userId);

  /** The draft about a scope: the one under way, or a new one. */
  async function draftOf(identity: Identity, scope: SyncQuestion): Promise<SyncDraft> {
    const found = await drafts.find(identity, idOf(identity, scope));
    if (found) return found;
    const begun = startSync();
    await drafts.save(identity, idOf(identity, scope), begun);
    return begun;
  }

  screens.register(SCREENS.sync, async (identity, { page, revision, note, ...scope }) => {
    const draft = await draftOf(identity, scope);
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

  screens.register(SCREENS.syncReview, async (identity, { moved, ...scope }) => {
    const { actor, texts } = identity;
    const draft = await draftOf(identity, scope);
    const changed = moved ? await changedRows(identity, scope, draft) : null;
    // A cell that changed is asked about again: what was decided of it was decided of something else
    const exceptions = moved
      ? await exceptionsStillTrue(engine, actor, scope, choicesOf(draft), draft.seenOperationId)
      : draft.exceptions;
    const { plan, seenOperationId, ...subject } = await previewSync(engine, actor, scope, {
      ...choicesOf(draft),
      exceptions,
    });
    const seen = { exceptions, planHash: plan.hash, people: plan.people, losing: plan.losing, seenOperationId };
    await drafts.change(identity, idOf(identity, scope), (current) => ({ ...current, ...seen }));
    return syncReviewView(texts, { ...subject, plan, scope, moved: changed });
  });

  background.describe('sync_package', {
    doing: (texts, { subject, people }) => texts.sync.doing(people, subject),
    title: (texts) => texts.sync.doneTitle,
    done: (texts, subject, outcome) => syncDone(texts, subject, outcome),
  });

  async function changedRows(identity: Identity, scope: SyncQuestion, draft: SyncDraft) {
    const filter = { kinds: null, text: '', changedSince: draft.seenOperationId };
    const page = { filter, offset: 0, limit: CHANGED_NAMED };
    const { rows, total } = await syncPage(engine, identity.actor, scope, choicesOf(draft), page);
    return { rows, total };
  }

  subcommands.add({
    name: 'sync',
    help: 'sync',
    needs: 'sync_packages',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const { before, mention } = splitMention(rest);
      const { number } = await resolvePackage(engine, identity.actor, before);
      const userId = mention ? (await findMentioned(engine, identity, mention)).userId : null;
      await stage.show(SCREENS.sync, { number, permissionId: null, userId, page: 0, revision: 0 });
    },
  });

  listeners.action(
    ACTIONS.openSync,
    { opens: true, value: Opened },
    async ({ identity, stage }, { shown, ...scope }) => {
      requireMay(identity.actor, 'sync_packages');
      if (shown) {
        const draft = await draftOf(identity, scope);
        await drafts.save(identity, idOf(identity, scope), { ...draft, shown, search: '' });
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
    await drafts.change(identity, idOf(identity, state), edit);
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

  listeners.submission(SCREENS.syncReview, async (interaction, { moved: _moved, ...scope }): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const draft = await draftOf(identity, scope);
    const { key, planHash, people, losing } = draft;
    const command = { ...scope, choices: choicesOf(draft), planHash };
    const confirmed = { kind: 'sync_package', packageNumber: scope.number, key, command, people } as const;
    const diverted = await approvals.divert(identity, { ...confirmed, losing });
    if (diverted) {
      // What is asked for is a sync of its own; the next one begins anew
      await drafts.save(identity, idOf(identity, scope), { ...draft, key: randomUUID() });
      return diverted;
    }
    return {
      work: async () => {
        if (background.takes(people)) {
          // Should the worker find the world changed, the choices are still there to go on with
          await drafts.save(identity, idOf(identity, scope), { ...draft, key: randomUUID() });
          const subject = packageName(texts, await resolvePackage(engine, actor, String(scope.number)));
          return background.start(interaction, { kind: 'sync_package', key, command, people, subject });
        }
        try {
          const { outcome } = await syncPackage(engine, { ...command, actor, key });
          onOperation();
          await drafts.save(identity, idOf(identity, scope), { ...startSync(), key: randomUUID() });
          await showDone(identity, stage, scope, outcome);
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
          if (!(await stage.replace(SCREENS.syncReview, { ...scope, moved: true })))
            await whisper(texts.sync.movedUnseen);
        }
      },
    };
  });

  async function showDone(
    identity: Identity,
    stage: Interaction['stage'],
    { number, userId }: SyncQuestion,
    outcome: SyncOutcome,
  ): Promise<void> {
    const { texts, actor } = identity;
    const pack = packageName(texts, await resolvePackage(engine, actor, String(number)));
    await stage.notice(texts.sync.doneTitle, syncDone(texts, pack, outcome).join('\n'));
    if (userId === null) await stage.refreshBelow(SCREENS.package, packageState(number));
    else await stage.refreshBelow(SCREENS.details, { number, userId });
    await stage.refreshRoot(SCREENS.package, { ...packageState(number), tab: 'active' });
  }
};
