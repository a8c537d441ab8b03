import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { type UnassignmentOutcome, unassignPackage } from '../../engine/operations/unassignPackage.ts';
import { listMembers, resolvePackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { previewUnassignment, type UnassignmentPreview } from '../../engine/readModels/unassignment.ts';
import { option } from '../kit/blocks.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS, PEOPLE_INPUTS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOptions } from '../kit/payloads.ts';
import { showPeople, startPeople } from '../kit/peopleChoice.ts';
import { listenToPeople } from '../kit/peopleListeners.ts';
import { answerPeople, choiceDrafts } from '../kit/peopleSubmission.ts';
import { drawingOf, noteOf, packageState, SCREENS } from '../kit/screenRefs.ts';
import { getState, stateOf } from '../kit/screens.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { chooseView } from './chooseView.ts';
import { removeView } from './removeView.ts';
import { UnassignDraft } from './unassignDraft.ts';

const Member = z.object({ number: z.number().int(), userId: z.number().int() });
const Numbered = z.object({ number: z.number().int() });

/** Removing assignments, of one person or of many: what goes, what stays, restore and hand-over (DOMAIN 4). */
export const registerUnassign: Feature = (kit) => {
  const { engine, screens, listeners, background, approvals, onOperation } = kit;
  const drafts = draftsOf(engine, 'unassign', UnassignDraft);

  screens.register(SCREENS.chooseLeaving, async (identity, { number, chosen, note }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'assign_packages');
    const pack = await resolvePackage(engine, actor, String(number));
    const choice = chosen === undefined ? startPeople() : await choiceDrafts(kit).get(identity, chosen);
    return chooseView(texts, {
      pack,
      shown: await showPeople(engine, actor, choice),
      note,
      drawing: drawingOf(chosen),
    });
  });
  screens.register(SCREENS.remove, async (identity, { draft: id, moved }) => {
    const { number, userIds, leftOut } = await drafts.get(identity, id);
    const preview = await previewUnassignment(engine, identity.actor, number, userIds);
    // What is shown is what a confirmation agrees to
    await drafts.change(identity, id, (draft) => ({ ...draft, ...hashesOf(preview) }));
    return removeView(identity.texts, preview, { leftOut, moved });
  });

  background.describe('unassign_package', {
    doing: (texts, { subject, people }) => texts.remove.doing(people, subject),
    title: (texts) => texts.remove.doneTitle,
    done: (texts, subject, outcome) => [
      texts.remove.doneMany(outcome.people, subject, goneOf(outcome)),
      ...kept(texts, outcome),
    ],
  });

  /** Stores a removal that begins. @returns the draft's id. */
  async function begin(identity: Identity, number: number, userIds: number[], leftOut = 0): Promise<string> {
    const id = randomUUID();
    await drafts.save(identity, id, { key: id, number, userIds, leftOut, planHash: '', optionsHash: '' });
    return id;
  }

  listeners.action(ACTIONS.removeAssignment, { opens: true, value: Member }, async ({ identity, stage }, member) => {
    requireMay(identity.actor, 'assign_packages');
    const { number, userId } = member;
    await stage.show(SCREENS.remove, {
      draft: await begin(identity, number, [userId]),
      detailsOf: userId,
      moved: false,
    });
  });
  listeners.action(ACTIONS.removeMany, { opens: true, value: Numbered }, async ({ identity, stage }, { number }) => {
    requireMay(identity.actor, 'assign_packages');
    await stage.show(SCREENS.chooseLeaving, { number });
  });
  listeners.suggestions(ACTIONS.unassignPeople, async ({ actor }, text, view) => {
    const state = stateOf(SCREENS.chooseLeaving, view);
    if (!state) return [];
    const page = { state: 'active', text, offset: 0, limit: 100 } as const;
    const { members } = await listMembers(engine, actor, state.number, page);
    return members.map(({ userId, code, name }) => option(`${code} · ${name}`, String(userId)));
  });

  listenToPeople(kit, PEOPLE_INPUTS.unassign);

  listeners.submission(SCREENS.chooseLeaving, async (interaction, { number }): Promise<Submitted> => {
    const { identity, stage } = interaction;
    requireMay(identity.actor, 'assign_packages');
    const question = { inputs: PEOPLE_INPUTS.unassign, memberOf: number };
    return answerPeople(kit, interaction, question, {
      async proceed({ userIds, leftOut }) {
        const draft = await begin(identity, number, userIds, leftOut);
        await stage.replace(SCREENS.remove, { draft, moved: false });
      },
      askAgain: ({ draft, note }) => stage.replace(SCREENS.chooseLeaving, { number, chosen: draft, note }),
    });
  });

  listeners.submission(SCREENS.remove, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, view, values, whisper } = interaction;
    const { actor, texts } = identity;
    const draft = await drafts.get(identity, state.draft);
    // The plan is compared before the window is answered, so that a moved world can be shown in it
    const preview = await previewUnassignment(engine, actor, draft.number, draft.userIds);
    const { planHash, optionsHash } = hashesOf(preview);
    if (planHash !== draft.planHash || optionsHash !== draft.optionsHash) {
      return {
        drawn: await screens.draw(identity, SCREENS.remove, { ...getState(SCREENS.remove, view), moved: true }),
      };
    }
    const wanted = chosenOptions(values, ACTIONS.removeOptions);
    const options =
      wanted.length === 0
        ? undefined
        : { restore: wanted.includes('restore'), handOver: wanted.includes('hand_over'), hash: optionsHash };

    const { key, number, userIds } = draft;
    const { people } = preview.counts;
    const command = { number, userIds, planHash, options };
    const confirmed = { kind: 'unassign_package', packageNumber: number, key, command } as const;
    const diverted = await approvals.divert(identity, { ...confirmed, people, losing: losingOf(preview) });
    if (diverted) return diverted;
    if (background.takes(people)) {
      const subject = packageName(texts, preview.package);
      const work = { kind: 'unassign_package', key, command, people, subject } as const;
      return { work: () => background.start(interaction, work) };
    }
    async function remove(): Promise<string> {
      try {
        const { outcome } = await unassignPackage(engine, { actor, key, ...command });
        onOperation();
        return doneText(identity, preview, outcome);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
        return texts.remove.movedUnseen;
      }
    }
    return {
      // One person's details are drawn again below; many people's outcome stands in the window itself
      close: state.detailsOf !== undefined,
      work: async () => {
        const note = await remove();
        const members = { ...packageState(draft.number), tab: 'active' as const };
        if (state.detailsOf === undefined) {
          await stage.notice(texts.remove.title, note);
          await stage.refreshBelow(SCREENS.package, members);
          return;
        }
        const details = { number: draft.number, userId: state.detailsOf, note: noteOf(note) };
        if (!(await stage.refreshBelow(SCREENS.details, details))) await whisper(note);
        await stage.refreshRoot(SCREENS.package, members);
      },
    };
  });
};

function hashesOf({ counts, options }: UnassignmentPreview): Pick<UnassignDraft, 'planHash' | 'optionsHash'> {
  return { planHash: counts.hash, optionsHash: options.hash };
}

/** People from whom it takes something; a disabled package gives nothing that could be taken. */
function losingOf({ package: pack, counts }: UnassignmentPreview): number {
  return pack.state === 'active' ? counts.losing : 0;
}

function doneText({ texts }: Identity, preview: UnassignmentPreview, outcome: UnassignmentOutcome): string {
  const { person, package: pack } = preview;
  const done = person
    ? texts.remove.done(escapeText(person.name), goneOf(outcome))
    : texts.remove.doneMany(outcome.people, packageName(texts, pack), goneOf(outcome));
  return [done, ...kept(texts, outcome)].join(' ');
}

/** Rows that went inactive, and nothing else became of them. */
function goneOf({ taken, restored, handedOver }: UnassignmentOutcome): number {
  return taken - restored - handedOver;
}

function kept(texts: Texts, { restored, handedOver }: UnassignmentOutcome): string[] {
  return [
    ...(restored > 0 ? [texts.remove.restored(restored)] : []),
    ...(handedOver > 0 ? [texts.remove.handedOver(handedOver)] : []),
  ];
}
