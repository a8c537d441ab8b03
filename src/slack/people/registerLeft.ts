import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { markLeft, markReturned } from '../../engine/operations/personLeft.ts';
import { removeAllAccess } from '../../engine/operations/removeAllAccess.ts';
import { previewRemoveAll } from '../../engine/readModels/people.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { noteOf, personState, SCREENS } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import { escapeText } from '../kit/text.ts';
import { removalView } from './removalView.ts';

const Person = z.object({ userId: z.number().int() });

/** People who left: marking them, taking the mark away, and removing everything that they still have. */
export const registerLeft: Feature = ({ engine, screens, listeners, onOperation }) => {
  listeners.action(ACTIONS.personLeft, { value: Person }, async ({ identity, stage, view }, { userId }) => {
    const command = { actor: identity.actor, key: randomUUID(), userIds: [userId], because: 'administrator' } as const;
    await markLeft(engine, command);
    const base = stateOf(SCREENS.person, view) ?? personState(userId);
    const note = identity.texts.people.card.done.left;
    if (identity.actor.userId === userId) return stage.notice(identity.texts.people.card.title, note);
    return stage.replace(SCREENS.person, { ...base, tab: 'overview', page: 0, note });
  });
  listeners.action(ACTIONS.personReturned, { value: Person }, async ({ identity, stage, view }, { userId }) => {
    await markReturned(engine, { actor: identity.actor, key: randomUUID(), userId });
    const base = stateOf(SCREENS.person, view) ?? personState(userId);
    return stage.replace(SCREENS.person, { ...base, note: identity.texts.people.card.done.returned });
  });

  screens.register(SCREENS.removeAll, async ({ actor, texts }, { userId, moved }) =>
    removalView(texts, await previewRemoveAll(engine, actor, userId), moved),
  );
  listeners.action(
    ACTIONS.removeAllAccess,
    { opens: true, value: Person },
    async ({ identity, stage, view }, { userId }) => {
      const { hash: planHash } = await previewRemoveAll(engine, identity.actor, userId);
      const base = stateOf(SCREENS.person, view) ?? personState(userId);
      await stage.show(SCREENS.removeAll, { userId, key: randomUUID(), planHash, moved: false, base });
    },
  );
  listeners.submission(SCREENS.removeAll, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const { userId, key, planHash, base } = state;
    // The plan is compared before the window is answered, so that a moved world can be shown in it
    const plan = await previewRemoveAll(engine, actor, userId);
    if (plan.hash !== planHash) {
      const moved = { ...state, key: randomUUID(), planHash: plan.hash, moved: true };
      return { drawn: await screens.draw(identity, SCREENS.removeAll, moved) };
    }
    async function remove(): Promise<string> {
      try {
        const { outcome } = await removeAllAccess(engine, { actor, key, userId, planHash });
        onOperation();
        return texts.people.removal.done(escapeText(plan.person.name), outcome);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
        return texts.people.removal.movedUnseen;
      }
    }
    return {
      close: true,
      work: async () => {
        const note = noteOf(await remove());
        const card = { ...base, tab: 'overview', page: 0, note } as const;
        if (!(await stage.refreshBelow(SCREENS.person, card))) await whisper(note);
      },
    };
  });
};
