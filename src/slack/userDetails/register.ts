import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { unassignPackage } from '../../engine/operations/unassignPackage.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { previewRemoval, userDetails } from '../../engine/readModels/userDetails.ts';
import { InputError } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { findMentioned, splitMention } from '../kit/people.ts';
import { noteOf, packageState, SCREENS } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import { escapeText } from '../kit/text.ts';
import { detailsView } from './detailsView.ts';
import { removeView } from './removeView.ts';

const Member = z.object({ number: z.number().int(), userId: z.number().int() });

/** User details: the live status of one person in a package, and the removal of the assignment. */
export const registerUserDetails: Feature = (kit) => {
  const { engine, screens, listeners, subcommands, background, command, onOperation } = kit;
  screens.register(SCREENS.details, async ({ actor, texts }, { number, userId, note, page }) =>
    detailsView(texts, actor, await userDetails(engine, actor, number, userId), { note, page }),
  );
  screens.register(SCREENS.remove, async ({ actor, texts }, { number, userId, moved }) =>
    removeView(texts, await previewRemoval(engine, actor, number, userId), moved),
  );

  background.describe('unassign_package', {
    doing: (texts, { subject, people }) => texts.remove.doing(people, subject),
    title: (texts) => texts.remove.doneTitle,
    done: (texts, subject, { people, taken }) => [texts.remove.doneMany(people, subject), texts.remove.taken(taken)],
  });

  subcommands.add({
    name: 'status',
    help: 'status',
    needs: 'view',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const { before, mention } = splitMention(rest);
      const [, wanted = '', code = ''] = /^(.*?)\s*(\S*)$/.exec(mention ? `${before} x` : before) ?? [];
      const person = mention ?? code;
      if (!wanted || !person) {
        const [usage] = identity.texts.help.commands.status;
        throw new InputError(identity.texts.errors.usage(`${command} ${usage}`));
      }
      const { number } = await resolvePackage(engine, identity.actor, wanted);
      const { userId } = await findMentioned(engine, identity, person);
      await stage.show(SCREENS.details, { number, userId });
    },
  });

  listeners.action(ACTIONS.openDetails, { opens: true, value: Member }, ({ stage }, member) =>
    stage.show(SCREENS.details, member),
  );
  listeners.action(
    /^details_page_/,
    { value: z.object({ page: z.number().int().min(0) }) },
    async ({ stage, view }, { page }) => {
      const state = stateOf(SCREENS.details, view);
      if (state) await stage.replace(SCREENS.details, { ...state, page, note: undefined });
    },
  );
  listeners.action(ACTIONS.removeAssignment, { opens: true, value: Member }, async ({ identity, stage }, member) => {
    const { planHash } = await previewRemoval(engine, identity.actor, member.number, member.userId);
    await stage.show(SCREENS.remove, { ...member, key: randomUUID(), planHash, moved: false });
  });

  listeners.submission(SCREENS.remove, async ({ identity, stage, whisper }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    const { number, userId, key } = state;
    // The plan is compared before the window is answered, so that a moved world can be shown in it
    const { person, planHash } = await previewRemoval(engine, actor, number, userId);
    if (planHash !== state.planHash) {
      const moved = { ...state, planHash, key: randomUUID(), moved: true };
      return { drawn: await screens.draw(identity, SCREENS.remove, moved) };
    }

    async function remove(): Promise<string> {
      try {
        const command = { actor, key, number, userIds: [userId], planHash };
        const { outcome } = await unassignPackage(engine, command);
        onOperation();
        return texts.remove.done(escapeText(person.name), outcome.taken);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
        return texts.remove.movedUnseen;
      }
    }
    return {
      close: true,
      work: async () => {
        const note = await remove();
        if (!(await stage.refreshBelow(SCREENS.details, { number, userId, note: noteOf(note) }))) await whisper(note);
        await stage.refreshRoot(SCREENS.package, { ...packageState(number), tab: 'active' });
      },
    };
  });
};
