import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { type UndoOutcome, undoOperation } from '../../engine/operations/undoOperation.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { previewUndo, recentOperations } from '../../engine/readModels/undo.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import type { Texts } from '../kit/texts/index.ts';
import { undoListView, undoReviewView } from './undoView.ts';

const Operation = z.object({ operationId: z.number().int() });

/** Undo: the recent operations that somebody may take back, what that would do, and the confirmation (DOMAIN 4). */
export const registerUndo: Feature = (kit) => {
  const { engine, screens, listeners, subcommands, background, approvals, undoLimitMs, onOperation } = kit;
  const hours = Math.round(undoLimitMs / 3_600_000);

  screens.register(SCREENS.undo, async ({ actor, texts }, { page }) => {
    const load = (wanted: number) =>
      recentOperations(engine, actor, { limitMs: undoLimitMs, offset: wanted * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await load(page);
    const last = pageOf(page, found.total).page;
    return undoListView(texts, hours, { ...(last === page ? found : await load(last)), page: last });
  });
  screens.register(SCREENS.undoReview, async ({ actor, texts }, { operationId, moved }) =>
    undoReviewView(texts, await previewUndo(engine, actor, operationId, undoLimitMs), moved),
  );

  background.describe('undo', {
    doing: (texts, { subject, people }) => texts.undo.doing(people, subject),
    title: (texts) => texts.undo.title,
    done: (texts, _subject, outcome) => undoDone(texts, outcome),
  });

  subcommands.add({
    name: 'undo',
    help: 'undo',
    needs: 'view',
    opensModal: true,
    run: ({ stage }) => stage.show(SCREENS.undo, { page: 0 }),
  });

  listeners.action(ACTIONS.openUndo, { opens: 'fromOutside', value: z.unknown() }, async ({ identity, stage }) => {
    requireMay(identity.actor, 'view');
    await stage.show(SCREENS.undo, { page: 0 });
  });
  listeners.action(/^undo_page_/, { value: z.object({ page: z.number().int().min(0) }) }, ({ stage }, { page }) =>
    stage.replace(SCREENS.undo, { page }),
  );
  listeners.action(ACTIONS.undo, { value: Operation }, async ({ identity, stage }, { operationId }) => {
    const { planHash } = await previewUndo(engine, identity.actor, operationId, undoLimitMs);
    await stage.replace(SCREENS.undoReview, { operationId, key: randomUUID(), planHash, moved: false });
  });

  listeners.submission(SCREENS.undoReview, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const { operationId, key, planHash } = state;
    const command = { operationId, planHash, limitMs: undoLimitMs };
    const { operation, losing } = await previewUndo(engine, actor, operationId, undoLimitMs);
    const { kind: governedAs, people, packageNumber } = operation;
    const confirmed = { kind: 'undo', governedAs, packageNumber, key, command, people } as const;
    const subject = texts.undo.kinds[operation.kind];
    const diverted = await approvals.divert(identity, { ...confirmed, losing, subject });
    if (diverted) return diverted;
    return {
      work: async () => {
        if (background.takes(operation.people)) {
          const work = { kind: 'undo', key, command, people: operation.people } as const;
          return background.start(interaction, { ...work, subject });
        }
        try {
          const { outcome } = await undoOperation(engine, { ...command, actor, key });
          onOperation();
          await stage.notice(texts.undo.title, undoDone(texts, outcome).join('\n'));
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
          const { planHash: now } = await previewUndo(engine, actor, operationId, undoLimitMs);
          const moved = { operationId, key: randomUUID(), planHash: now, moved: true };
          if (!(await stage.replace(SCREENS.undoReview, moved))) await whisper(texts.undo.movedUnseen);
        }
      },
    };
  });
};

/** The outcome of an undo in sentences; where nothing of anybody was written, it was about the package itself. */
function undoDone(texts: Texts, { rows, memberships, changed, left }: UndoOutcome): string[] {
  const done = rows + memberships === 0 ? texts.undo.donePackage : texts.undo.done(rows, memberships);
  return [
    done,
    ...(changed > 0 ? [texts.undo.doneChanged(changed)] : []),
    // Outcomes that were stored by an earlier version do not count them
    ...(left > 0 ? [texts.undo.doneLeft(left)] : []),
  ];
}
