import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { type AssignmentOutcome, assignPackage } from '../../engine/operations/assignPackage.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { previewAssignment } from '../../engine/readModels/preflight.ts';
import type { Drafts } from '../kit/drafts.ts';
import type { FeatureKit } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { pageOf } from '../kit/paging.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { packageName } from '../kit/wording.ts';
import { type AssignDraft, decideAll, decideConflict } from './assignDraft.ts';
import { assignmentDone } from './doneText.ts';
import { CONFLICTS_PER_PAGE, preflightView } from './preflightView.ts';

const Choice = z
  .string()
  .regex(/^(original|package):\d+:\d+$/)
  .transform((text) => {
    const [keep, user, permission] = text.split(':');
    return { keepPackage: keep === 'package', userId: Number(user), permissionId: Number(permission) };
  });

/** The preflight of an assignment: its conflicts one by one, the confirmation, and what came of it (DOMAIN 4). */
export function registerPreflight(kit: FeatureKit, drafts: Drafts<AssignDraft>): void {
  const { engine, screens, listeners, background, approvals, onOperation } = kit;

  screens.register(SCREENS.preflight, async (identity, { draft: id, page, revision, moved }) => {
    const draft = await drafts.get(identity, id);
    const { preflight, shown } = await preview(identity.actor, draft, page);
    // What is shown is what a confirmation agrees to
    await drafts.change(identity, id, (current) => ({ ...current, planHash: preflight.counts.hash }));
    return preflightView(identity.texts, { preflight, draft, page: shown, revision, moved });
  });

  /** One page of the preflight; where conflicts went away and it no longer exists, the last one there is. */
  async function preview(actor: Identity['actor'], draft: AssignDraft, page: number) {
    const wanted = { offset: page * CONFLICTS_PER_PAGE, limit: CONFLICTS_PER_PAGE };
    const preflight = await previewAssignment(engine, actor, draft, wanted);
    const last = pageOf(page, preflight.counts.conflicts, CONFLICTS_PER_PAGE).page;
    if (last === page) return { preflight, shown: page };
    const offset = last * CONFLICTS_PER_PAGE;
    return { preflight: await previewAssignment(engine, actor, draft, { ...wanted, offset }), shown: last };
  }

  /** Changes the draft behind the preflight in view, and draws it again where the change shows. */
  async function change(
    { identity, stage, view }: Interaction,
    decide: (draft: AssignDraft) => AssignDraft,
    { redraw, page }: { redraw: boolean; page?: number },
  ): Promise<void> {
    const state = getState(SCREENS.preflight, view);
    await drafts.change(identity, state.draft, decide);
    if (!redraw) return;
    await stage.replace(SCREENS.preflight, {
      ...state,
      ...{ page: page ?? state.page, revision: state.revision + 1, moved: false },
    });
  }

  listeners.action(/^conflict_choice_\d/, { value: Choice }, (interaction, choice) =>
    change(interaction, (draft) => decideConflict(draft, choice), { redraw: false }),
  );
  listeners.action(ACTIONS.conflictChoiceForAll, { value: z.enum(['original', 'package']) }, (interaction, keep) =>
    change(interaction, (draft) => decideAll(draft, keep === 'package'), { redraw: true }),
  );
  listeners.action(/^conflict_page_/, { value: z.object({ page: z.number().int().min(0) }) }, (interaction, { page }) =>
    change(interaction, (draft) => draft, { redraw: true, page }),
  );

  background.describe('assign_package', {
    doing: (texts, { subject, people }) => texts.assign.doing(people, subject),
    title: (texts) => texts.assign.doneTitle,
    done: assignmentDone,
  });

  listeners.submission(SCREENS.preflight, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const { number, userIds, until, keepPackage, exceptions, planHash } = await drafts.get(identity, state.draft);
    const choices = {
      keepPackage,
      exceptions: exceptions.map(([userId, permissionId]) => ({ userId, permissionId })),
    };
    const command = { number, userIds, until, choices, planHash };
    const confirmed = { kind: 'assign_package', packageNumber: number, key: state.draft, command } as const;
    const diverted = await approvals.divert(identity, { ...confirmed, people: userIds.length });
    if (diverted) return diverted;
    const work = async () => {
      if (background.takes(userIds.length)) {
        const subject = packageName(texts, await resolvePackage(engine, actor, String(number)));
        const work = { kind: 'assign_package' as const, key: state.draft, command, people: userIds.length, subject };
        return background.start(interaction, work);
      }
      try {
        const { outcome } = await assignPackage(engine, { ...command, actor, key: state.draft });
        onOperation();
        await showDone(identity, stage, { number, detailsOf: state.detailsOf, outcome });
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
        const moved = { ...state, revision: state.revision + 1, moved: true };
        if (!(await stage.replace(SCREENS.preflight, moved))) await whisper(texts.assign.movedUnseen);
      }
    };
    return { work };
  });

  async function showDone(
    identity: Identity,
    stage: Interaction['stage'],
    done: { number: number; detailsOf: number | undefined; outcome: AssignmentOutcome },
  ): Promise<void> {
    const { texts, actor } = identity;
    const { number, detailsOf, outcome } = done;
    const pack = packageName(texts, await resolvePackage(engine, actor, String(number)));
    await stage.notice(texts.assign.doneTitle, assignmentDone(texts, pack, outcome).join('\n'));
    const members = { ...packageState(number), tab: 'active' as const };
    if (detailsOf === undefined) await stage.refreshBelow(SCREENS.package, members);
    else await stage.refreshBelow(SCREENS.details, { number, userId: detailsOf });
    await stage.refreshRoot(SCREENS.package, members);
  }
}
