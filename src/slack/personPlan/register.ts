import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ProposedStep } from '../../engine/core/personPlan.ts';
import { EngineError } from '../../engine/errors.ts';
import { askForSteps, type StepsAsked } from '../../engine/operations/askForSteps.ts';
import { performSteps } from '../../engine/operations/performSteps.ts';
import { assignablePackages } from '../../engine/readModels/packages.ts';
import { namePlan, previewSteps, proposeLikeness } from '../../engine/readModels/personPlan.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { policiesOfSteps } from '../../engine/readModels/stepPolicies.ts';
import { option } from '../kit/blocks.ts';
import { draftsOf } from '../kit/drafts.ts';
import { InputError } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { chosenOption, chosenOptions, typedText } from '../kit/payloads.ts';
import { findMentioned, splitPeople } from '../kit/people.ts';
import { personOption } from '../kit/personOption.ts';
import { noteOf, personState, SCREENS, type ScreenState } from '../kit/screenRefs.ts';
import { getState, stateOf } from '../kit/screens.ts';
import { escapeText } from '../kit/text.ts';
import { askPlanView } from './askPlanView.ts';
import { modelView, packagesView } from './choiceViews.ts';
import { DECISIONS, decide, missingFor, PersonPlanDraft, wantedSteps } from './personPlanDraft.ts';
import { personPlanView } from './personPlanView.ts';

const OfPerson = z.object({ userId: z.number().int() });
const Decided = z
  .string()
  .regex(/^\d{1,3}:(do|package|leave)$/)
  .transform((text) => {
    const [index, decision] = text.split(':');
    return { index: Number(index), decision: z.enum(DECISIONS).parse(decision) };
  });

/**
 * Several things for one person at once: several packages, or whatever makes them like another (DOMAIN 4, as a plan).
 */
export const registerPersonPlan: Feature = (kit) => {
  const { engine, screens, listeners, subcommands, approvals, command, onOperation } = kit;
  const drafts = draftsOf(engine, 'person_plan', PersonPlanDraft);

  async function personOf({ actor }: Identity, userId: number) {
    const person = await searchAs(engine, actor).person({ userId });
    if (!person) throw new EngineError('user_not_found', { wanted: '?' });
    return person;
  }
  screens.register(SCREENS.planModel, async (identity, { userId }) =>
    modelView(identity.texts, await personOf(identity, userId)),
  );
  screens.register(SCREENS.planPackages, async (identity, { userId }) => {
    requireMay(identity.actor, 'assign_packages');
    return packagesView(identity.texts, await personOf(identity, userId));
  });
  screens.register(SCREENS.personPlan, async (identity, { draft: id, page, revision, moved }) => {
    const { actor, texts } = identity;
    const draft = await drafts.get(identity, id);
    const names = await namePlan(engine, actor, { ...draft, steps: draft.steps.map(({ step }) => step) });
    const preview = await previewSteps(engine, actor, { ...draft, steps: wantedSteps(draft) });
    // What is shown is what a confirmation agrees to
    await drafts.change(identity, id, (current) => ({ ...current, planHash: preview.planHash }));
    return personPlanView(texts, actor, { draft, names, preview, page, revision, moved });
  });

  screens.register(SCREENS.askPlan, async (identity, { draft: id }) => {
    const { actor, texts } = identity;
    const draft = await drafts.get(identity, id);
    const plan = { ...draft, steps: wantedSteps(draft) };
    const policies = await policiesOfSteps(approvals.context, actor, plan);
    return askPlanView(texts, { names: await namePlan(engine, actor, plan), steps: plan.steps, policies });
  });

  /** Stores a plan that begins; what its maker may not do is not in it. @returns the state of its screen. */
  async function begin(identity: Identity, userId: number, modelId: number | null, proposed: ProposedStep[]) {
    const id = randomUUID();
    const steps = proposed.map(({ step, include }) => ({
      ...{ step, include: include && missingFor(identity.actor, step) === null },
    }));
    await drafts.save(identity, id, { key: id, userId, modelId, steps, planHash: '' });
    return { draft: id, page: 0, revision: 0, moved: false };
  }

  subcommands.add({
    name: 'compare',
    help: 'compare',
    needs: 'view',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const [wanted, like, ...others] = splitPeople(rest);
      if (!wanted || !like || others.length > 0) {
        const [usage] = identity.texts.help.commands.compare;
        throw new InputError(identity.texts.errors.usage(`${command} ${usage}`));
      }
      const person = await findMentioned(engine, identity, wanted);
      const model = await findMentioned(engine, identity, like);
      const steps = await proposeLikeness(engine, identity.actor, person.userId, model.userId);
      await stage.show(SCREENS.personPlan, await begin(identity, person.userId, model.userId, steps));
    },
  });

  listeners.action(ACTIONS.openLikeness, { opens: true, value: OfPerson }, ({ stage }, { userId }) =>
    stage.show(SCREENS.planModel, { userId }),
  );
  listeners.action(ACTIONS.openPackagesPlan, { opens: true, value: OfPerson }, ({ stage }, { userId }) =>
    stage.show(SCREENS.planPackages, { userId }),
  );
  listeners.suggestions(ACTIONS.planModel, async ({ actor }, typed, view) => {
    const state = stateOf(SCREENS.planModel, view);
    const found = await searchAs(engine, actor).people(typed, 100);
    return found.filter(({ userId, founder }) => userId !== state?.userId && !founder).map(personOption);
  });
  listeners.suggestions(ACTIONS.planPackages, async ({ actor }, text, view) => {
    const state = stateOf(SCREENS.planPackages, view);
    if (!state) return [];
    const packages = await assignablePackages(engine, actor, { userId: state.userId, text }, 100);
    return packages.map(({ number, name }) => option(`package:${number} ${name}`, String(number)));
  });

  listeners.submission(SCREENS.planModel, async ({ identity, stage, values }, { userId }): Promise<Submitted> => {
    const modelId = Number(chosenOption(values, ACTIONS.planModel) ?? 'none');
    if (!Number.isInteger(modelId) || modelId === userId) {
      return { errors: { [ACTIONS.planModel]: identity.texts.personPlan.modelNeeded } };
    }
    const steps = await proposeLikeness(engine, identity.actor, userId, modelId);
    return {
      work: async () => stage.replace(SCREENS.personPlan, await begin(identity, userId, modelId, steps)),
    };
  });
  listeners.submission(SCREENS.planPackages, async ({ identity, stage, values }, { userId }): Promise<Submitted> => {
    requireMay(identity.actor, 'assign_packages');
    const numbers = chosenOptions(values, ACTIONS.planPackages).map(Number).filter(Number.isInteger);
    if (numbers.length === 0) return { errors: { [ACTIONS.planPackages]: identity.texts.personPlan.packagesNeeded } };
    const steps = numbers.map((number) => ({
      ...{ step: { kind: 'assign' as const, number, keepPackage: false }, include: true },
    }));
    return { work: async () => stage.replace(SCREENS.personPlan, await begin(identity, userId, null, steps)) };
  });

  listeners.action(/^plan_decision_\d/, { value: Decided }, async ({ identity, stage, view }, { index, decision }) => {
    const state = getState(SCREENS.personPlan, view);
    await drafts.change(identity, state.draft, (draft) => decide(draft, index, decision));
    await stage.replace(SCREENS.personPlan, { ...state, revision: state.revision + 1, moved: false });
  });
  listeners.action(/^plan_page_/, { value: z.object({ page: z.number().int().min(0) }) }, ({ stage, view }, { page }) =>
    stage.replace(SCREENS.personPlan, { ...getState(SCREENS.personPlan, view), page }),
  );

  listeners.submission(SCREENS.personPlan, async (interaction, state): Promise<Submitted> => {
    const { identity } = interaction;
    const { actor } = identity;
    const draft = await drafts.get(identity, state.draft);
    const { key, userId, planHash } = draft;
    const steps = wantedSteps(draft);
    const policies = await policiesOfSteps(approvals.context, actor, { userId, steps });
    if (policies.length > 0) return { drawn: await screens.draw(identity, SCREENS.askPlan, { draft: state.draft }) };
    return {
      work: () =>
        finish(interaction, draft, state, async () => {
          const done = await performSteps(engine, { actor, key, userId, steps, planHash });
          return { done, requestIds: [] };
        }),
    };
  });

  listeners.submission(SCREENS.askPlan, async (interaction, state): Promise<Submitted> => {
    const { identity, values } = interaction;
    const { actor, texts } = identity;
    const draft = await drafts.get(identity, state.draft);
    const reason = typedText(values, ACTIONS.requestReason);
    if (reason === '') return { errors: { [ACTIONS.requestReason]: texts.errors.reason_needed } };
    const { key, userId, planHash } = draft;
    const command = { actor, key, userId, steps: wantedSteps(draft), planHash, reason };
    return {
      work: () =>
        finish(interaction, draft, { draft: state.draft, page: 0, revision: 0, moved: false }, () =>
          askForSteps(approvals.context, command),
        ),
    };
  });

  /** Does a plan and says what came of it; where the world has moved, nothing is done and the plan is shown anew. */
  async function finish(
    { identity, stage, whisper }: Interaction,
    { userId, modelId }: PersonPlanDraft,
    state: ScreenState<typeof SCREENS.personPlan>,
    act: () => Promise<StepsAsked>,
  ): Promise<void> {
    const { texts } = identity;
    const words = texts.personPlan;
    try {
      const { done, requestIds } = await act();
      onOperation();
      const name = escapeText((await personOf(identity, userId)).name);
      const note = [
        ...(done.length > 0 ? [words.done(name, done.length)] : []),
        ...(requestIds.length > 0 ? [words.ask.done(name, requestIds)] : []),
      ].join('\n');
      await stage.notice(modelId === null ? words.packagesTitle : words.likeTitle, note);
      await stage.refreshBelow(SCREENS.person, personState(userId, noteOf(note)));
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
      const moved = { ...state, revision: state.revision + 1, moved: true };
      if (!(await stage.replace(SCREENS.personPlan, moved))) await whisper(words.movedUnseen);
    }
  }
};
