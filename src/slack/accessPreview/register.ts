import { z } from 'zod';
import type { SourceChange } from '../../engine/core/sourceChange.ts';
import { EngineError } from '../../engine/errors.ts';
import { changeSource, previewSource } from '../../engine/operations/changeSource.ts';
import type { Feature } from '../kit/feature.ts';
import { isNothingChanged } from '../kit/fieldError.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { pageOf } from '../kit/paging.ts';
import { groupState, noteOf, profileState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { createSourceFlow } from '../kit/sourceFlow.ts';
import type { Stage } from '../kit/stage.ts';
import { nothingView, PEOPLE_SHOWN, previewView } from './previewView.ts';

/** What a change of a profile, a rule or a group would do to people's access, and saving it (DOMAIN 4). */
export const registerAccessPreview: Feature = ({ engine, screens, listeners, background, onOperation }) => {
  const { drafts } = createSourceFlow(engine);

  /** The preview of a page; the last one where the wanted page has gone. */
  async function preview({ actor }: Identity, change: SourceChange, wanted: number) {
    const shown = { offset: wanted * PEOPLE_SHOWN, limit: PEOPLE_SHOWN };
    const found = await previewSource(engine, actor, change, shown);
    const { page, offset } = pageOf(wanted, found.difference.people, PEOPLE_SHOWN);
    if (page === wanted) return { found, page };
    return { found: await previewSource(engine, actor, change, { ...shown, offset }), page };
  }

  screens.register(SCREENS.sourcePreview, async (identity, { draft: id, page: wanted, moved, form }) => {
    const { change } = await drafts.get(identity, id);
    try {
      const { found, page } = await preview(identity, change, wanted);
      const { planHash, difference } = found;
      // What is shown is what a confirmation agrees to
      await drafts.change(identity, id, (draft) => ({ ...draft, planHash, people: difference.people }));
      return previewView(identity.texts, { change, preview: found, page, moved, editable: form !== null });
    } catch (error) {
      if (!isNothingChanged(error)) throw error;
      return nothingView(identity.texts, change, form !== null);
    }
  });
  listeners.action(
    /^source_page_/,
    { value: z.object({ page: z.number().int().min(0) }) },
    ({ stage, view }, { page }) =>
      stage.replace(SCREENS.sourcePreview, { ...getState(SCREENS.sourcePreview, view), page, moved: false }),
  );
  listeners.action(ACTIONS.sourceBack, { value: z.unknown() }, async ({ stage, view }) => {
    const { form } = getState(SCREENS.sourcePreview, view);
    if (form === null) throw new EngineError('draft_lost', {});
    await stage.replace(SCREENS[form.screen], { draft: form.draft, revision: form.revision + 1 });
  });

  listeners.submission(SCREENS.sourcePreview, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const { change, planHash, people } = await drafts.get(identity, state.draft);
    // What takes long is compared by the operation alone; the window then stays, to tell the outcome
    const waits = background.takes(people);
    if (!waits) {
      const { found } = await preview(identity, change, 0);
      if (found.planHash !== planHash) {
        return { drawn: await screens.draw(identity, SCREENS.sourcePreview, { ...state, page: 0, moved: true }) };
      }
    }
    return {
      close: !waits,
      work: async () => {
        try {
          const { outcome } = await changeSource(engine, { actor, key: state.draft, change, planHash });
          onOperation();
          const note = noteOf(texts.sourcePreview.done(outcome.people));
          const shown = await drawBelow(stage, change, outcome.id, note);
          if (waits) await stage.notice(texts.sourcePreview.title[change.kind], note);
          else if (!shown) await whisper(note);
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
          const again = { ...state, page: 0, moved: true };
          if (!(waits && (await stage.replace(SCREENS.sourcePreview, again)))) {
            await whisper(texts.sourcePreview.movedUnseen);
          }
        }
      },
    };
  });
};

/** Draws what the change was made from, as it is now; its list where it is gone. @returns false where it was closed. */
function drawBelow(stage: Stage, change: SourceChange, id: number, note: string): Promise<boolean> {
  const list = { text: '', page: 0, note };
  switch (change.kind) {
    case 'create_profile':
    case 'edit_profile':
      return stage.refreshBelow(SCREENS.profile, profileState(id, note));
    case 'assign_profile':
    case 'unassign_profile':
      return stage.refreshBelow(SCREENS.profile, { ...profileState(id, note), tab: 'people' });
    case 'delete_profile':
      return stage.refreshBelow(SCREENS.profiles, { ...list, applicationId: null });
    case 'create_rule':
    case 'edit_rule':
    case 'delete_rule':
      return stage.refreshBelow(SCREENS.rules, { ...list, tab: 'rules' });
    case 'delete_group':
      return stage.refreshBelow(SCREENS.rules, { ...list, tab: 'groups' });
    case 'create_group':
    case 'edit_group':
    case 'change_group_members':
    case 'follow_user_group':
      return stage.refreshBelow(SCREENS.group, groupState(id, note));
    default:
      return change satisfies never;
  }
}
