import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PeopleFileError } from '../../engine/core/peopleFile.ts';
import { EngineError } from '../../engine/errors.ts';
import { previewPeopleUpdate, updatePeople } from '../../engine/operations/updatePeople.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { countLines, fileProblemsView, fileReviewView, fileView } from './fileView.ts';

/** A pasted list of people under way. */
const FileDraft = z.object({ text: z.string(), key: z.uuid(), planHash: z.string() });

/** Creating and changing people from a pasted list: what is wrong with it, what it would change, and applying that. */
export const registerFile: Feature = ({ engine, screens, listeners }) => {
  const drafts = draftsOf(engine, 'people_file', FileDraft);
  const updateOf = ({ actor }: Identity, text: string) => ({
    ...{ organizationId: actor.organizationId, userId: actor.userId, source: sourceOf(text) },
  });

  screens.register(SCREENS.peopleFile, async (identity, { draft }) => {
    requireMay(identity.actor, 'manage_catalog');
    return fileView(identity.texts, (await drafts.find(identity, draft))?.text ?? '');
  });
  screens.register(SCREENS.peopleFileReview, async (identity, { draft: id, moved }) => {
    requireMay(identity.actor, 'manage_catalog');
    const { text } = await drafts.get(identity, id);
    try {
      const plan = await previewPeopleUpdate(engine, updateOf(identity, text));
      // What is shown is what a confirmation agrees to
      await drafts.change(identity, id, (draft) => ({ ...draft, planHash: plan.counts.hash }));
      return fileReviewView(identity.texts, { ...plan, moved });
    } catch (error) {
      if (!(error instanceof PeopleFileError)) throw error;
      return fileProblemsView(identity.texts, error);
    }
  });

  listeners.action(ACTIONS.updatePeople, { opens: true, value: z.unknown() }, async ({ identity, stage }) => {
    requireMay(identity.actor, 'manage_catalog');
    await stage.show(SCREENS.peopleFile, { draft: randomUUID() });
  });
  listeners.submission(SCREENS.peopleFile, async ({ identity, stage, values }, { draft }): Promise<Submitted> => {
    requireMay(identity.actor, 'manage_catalog');
    const text = typedText(values, ACTIONS.peopleList);
    await drafts.save(identity, draft, { text, key: randomUUID(), planHash: '' });
    return { work: () => stage.replace(SCREENS.peopleFileReview, { draft, moved: false }) };
  });
  listeners.action(ACTIONS.correctPeople, { value: z.unknown() }, ({ stage, view }) =>
    stage.replace(SCREENS.peopleFile, { draft: getState(SCREENS.peopleFileReview, view).draft }),
  );
  listeners.submission(SCREENS.peopleFileReview, async (interaction, { draft: id }): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    requireMay(actor, 'manage_catalog');
    const { text, key, planHash } = await drafts.get(identity, id);
    return {
      work: async () => {
        const words = texts.people.list;
        try {
          const { counts } = await updatePeople(engine, updateOf(identity, text), { key, planHash });
          await stage.notice(words.doneTitle, [words.done, ...countLines(texts, counts)].join('\n'));
          await stage.refreshBelow(SCREENS.people, { text: '', filter: 'everybody', page: 0 });
        } catch (error) {
          const isMoved = error instanceof EngineError && error.code === 'plan_changed';
          if (!isMoved && !(error instanceof PeopleFileError)) throw error;
          const shown = await stage.replace(SCREENS.peopleFileReview, { draft: id, moved: isMoved });
          if (!shown) await whisper(words.movedUnseen);
        }
      },
    };
  });
};

async function* sourceOf(text: string): AsyncGenerator<string> {
  yield text;
}
