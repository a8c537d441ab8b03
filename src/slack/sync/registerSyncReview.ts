import { randomUUID } from 'node:crypto';
import { EngineError } from '../../engine/errors.ts';
import { type SyncOutcome, syncPackage } from '../../engine/operations/syncPackage.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { exceptionsStillTrue, previewSync, type SyncQuestion, syncPage } from '../../engine/readModels/sync.ts';
import type { FeatureKit } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { packageName } from '../kit/wording.ts';
import { syncDone } from './syncDone.ts';
import { choicesOf, type SyncDraft, startSync } from './syncDraft.ts';
import type { SyncDrafts } from './syncDrafts.ts';
import { syncReviewView } from './syncReviewView.ts';

/** Changed cells named in a review; the rest are counted. */
const CHANGED_NAMED = 10;

/** What a sync would do, its confirmation, and what came of it (DOMAIN 4). */
export function registerSyncReview(kit: FeatureKit, drafts: SyncDrafts): void {
  const { engine, screens, listeners, background, approvals, onOperation } = kit;

  screens.register(SCREENS.syncReview, async (identity, { moved, ...scope }) => {
    const { actor, texts } = identity;
    const draft = await drafts.of(identity, scope);
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
    await drafts.change(identity, scope, (current) => ({ ...current, ...seen }));
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

  listeners.submission(SCREENS.syncReview, async (interaction, { moved: _moved, ...scope }): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const draft = await drafts.of(identity, scope);
    const { key, planHash, people, losing } = draft;
    const command = { ...scope, choices: choicesOf(draft), planHash };
    const confirmed = { kind: 'sync_package', packageNumber: scope.number, key, command, people } as const;
    const diverted = await approvals.divert(identity, { ...confirmed, losing });
    if (diverted) {
      // What is asked for is a sync of its own; the next one begins anew
      await drafts.save(identity, scope, { ...draft, key: randomUUID() });
      return diverted;
    }
    return {
      work: async () => {
        if (background.takes(people)) {
          // Should the worker find the world changed, the choices are still there to go on with
          await drafts.save(identity, scope, { ...draft, key: randomUUID() });
          const subject = packageName(texts, await resolvePackage(engine, actor, String(scope.number)));
          return background.start(interaction, { kind: 'sync_package', key, command, people, subject });
        }
        try {
          const { outcome } = await syncPackage(engine, { ...command, actor, key });
          onOperation();
          await drafts.save(identity, scope, { ...startSync(), key: randomUUID() });
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
}
