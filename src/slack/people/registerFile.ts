import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PeopleFileError } from '../../engine/core/peopleFile.ts';
import { EngineError } from '../../engine/errors.ts';
import { previewPeopleUpdate, updatePeople } from '../../engine/operations/updatePeople.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { AttachmentError, MAX_FILE_BYTES } from '../kit/attachments.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { attachedFile, typedText } from '../kit/payloads.ts';
import { noteOf, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { escapeText } from '../kit/text.ts';
import { countLines, fileProblemsView, fileReviewView, fileView } from './fileView.ts';

/** A list of people under way; `attached`: it came as a file, and is too long to be shown in a form. */
const FileDraft = z.object({
  text: z.string(),
  attached: z.boolean().default(false),
  key: z.uuid(),
  planHash: z.string(),
});

/** Creating and changing people from a list: what is wrong with it, what it would change, and applying that. */
export const registerFile: Feature = ({ engine, screens, listeners, attachments }) => {
  const drafts = draftsOf(engine, 'people_file', FileDraft);
  const updateOf = ({ actor }: Identity, text: string) => ({
    ...{ organizationId: actor.organizationId, userId: actor.userId, source: sourceOf(text) },
  });

  screens.register(SCREENS.peopleFile, async (identity, { draft, note }) => {
    requireMay(identity.actor, 'manage_catalog');
    const { text, attached } = (await drafts.find(identity, draft)) ?? { text: '', attached: false };
    const attachedLines = attached ? text.split('\n').filter((line) => line.trim() !== '').length : null;
    return fileView(identity.texts, { text: attached ? '' : text, attachedLines, note });
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
    const words = identity.texts.inputs;
    const text = typedText(values, ACTIONS.peopleList);
    const file = attachedFile(values, ACTIONS.peopleListFile);
    if (text === '' && !file) return { errors: { [ACTIONS.peopleList]: words.listNeeded } };
    if (text !== '' && file) return { errors: { [ACTIONS.peopleListFile]: words.oneList } };
    if (file && (file.size ?? 0) > MAX_FILE_BYTES) {
      return { errors: { [ACTIONS.peopleListFile]: words.file.tooLarge(file.name) } };
    }
    const begin = (list: string) =>
      drafts.save(identity, draft, { text: list, attached: file !== null, key: randomUUID(), planHash: '' });
    if (!file) await begin(text);
    return {
      work: async () => {
        try {
          if (file) await begin(await attachments.readText(file));
          await stage.replace(SCREENS.peopleFileReview, { draft, moved: false });
        } catch (error) {
          if (!(error instanceof AttachmentError)) throw error;
          const note = noteOf(`:warning: ${escapeText(words.file[error.problem](file?.name ?? ''))}`);
          await stage.replace(SCREENS.peopleFile, { draft, note });
        }
      },
    };
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
