import type { SyncPlan, SyncRow, SyncSubject } from '../../engine/readModels/sync.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { badgeOf, describePermission } from '../kit/wording.ts';
import { subjectBlocks } from './subject.ts';

export interface SyncReview extends SyncSubject {
  plan: SyncPlan;
  scope: { number: number; permissionId: number | null; userId: number | null };
  /** What changed between the last look and the confirmation; null where nothing was noticed. */
  moved: { rows: SyncRow[]; total: number } | null;
}

/** What confirming would do, before it does: access won, raised, lowered or moved, and whose source changes. */
export function syncReviewView(texts: Texts, review: SyncReview): ModalContent {
  const { plan, moved, scope } = review;
  return {
    title: texts.sync.reviewTitle,
    ...(plan.written > 0 && { submit: texts.sync.confirm }),
    close: texts.common.cancel,
    blocks: [
      ...(moved ? movedBlocks(texts, moved) : []),
      ...subjectBlocks(texts, review),
      section(planLines(texts, plan).join('\n')),
      ...(plan.skipped > 0 ? [context(texts.sync.plan.skipped(plan.skipped))] : []),
      ...(plan.written > 0 ? [context(texts.assign.done.logOut)] : []),
      ...actions('sync_back', [button(ACTIONS.syncBack, texts.sync.back, scope)]),
    ],
  };
}

function planLines(texts: Texts, plan: SyncPlan): string[] {
  const words = texts.sync.plan;
  if (plan.written === 0) return [words.nothing];
  return [
    words.written(plan.written, plan.people),
    ...(plan.gain > 0 ? [words.gain(plan.gain)] : []),
    ...(plan.up > 0 ? [words.up(plan.up)] : []),
    ...(plan.down > 0 ? [words.down(plan.down)] : []),
    ...(plan.scope > 0 ? [words.scope(plan.scope)] : []),
    ...(plan.same > 0 ? [words.same(plan.same)] : []),
    ...(plan.owners > 0 ? [words.owners(plan.owners)] : []),
  ];
}

function movedBlocks(texts: Texts, { rows, total }: NonNullable<SyncReview['moved']>): Block[] {
  const named = rows.map((row) => {
    const now = `*${badgeOf(texts, row.status, row.facts)}*`;
    const choice = row.chosen === null ? '' : ` (${row.chosen ? texts.sync.sync : texts.sync.skip})`;
    return `• ${escapeText(row.userName)} \`${escapeText(row.userCode)}\` · ${describePermission(texts, row.permission)}: ${now}${choice}`;
  });
  const more = total - rows.length;
  return [
    section(texts.sync.moved),
    ...(named.length > 0 ? [section([texts.sync.movedRows, ...named].join('\n'))] : []),
    ...(more > 0 ? [context(texts.sync.movedMore(more))] : []),
    divider(),
  ];
}
