import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { BACKGROUND_KINDS, isBackgroundKind } from '../../engine/operations/backgroundKinds.ts';
import { readRequestedCommand } from '../../engine/operations/requestableKinds.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { ASK_DRAFT, AskDraft, confirmedWords } from '../kit/approvals.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { chosenOptions } from '../kit/payloads.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { brakeView } from './brakeView.ts';

const Members = z.object({ members: z.number() });

/** The second confirmation of a change that takes access from many members of a package (DOMAIN 6). */
export const registerBrake: Feature = ({ engine, screens, listeners, background, onOperation }) => {
  const drafts = draftsOf(engine, ASK_DRAFT, AskDraft);

  screens.register(SCREENS.pastBrake, async (identity, { draft: id }) => {
    const draft = await drafts.get(identity, id);
    if (!draft.brake) throw new EngineError('draft_lost', {});
    return brakeView(identity.texts, { what: await confirmedWords(engine, identity, draft), brake: draft.brake });
  });

  listeners.submission(SCREENS.pastBrake, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, values } = interaction;
    const { texts } = identity;
    const draft = await drafts.get(identity, state.draft);
    if (!chosenOptions(values, ACTIONS.pastBrake).includes('yes')) {
      return { errors: { [ACTIONS.pastBrake]: texts.brake.tick } };
    }
    return {
      work: async () => {
        const done = await perform(interaction, draft);
        await drafts.forget(identity, state.draft);
        onOperation();
        if (done === null) return;
        await stage.notice(titleOf(texts, draft), done);
        if (draft.packageNumber !== null) await stage.refreshBelow(SCREENS.package, packageState(draft.packageNumber));
      },
    };
  });

  /** Does it, or leaves it to a worker. @returns the outcome in words; null where a worker tells of it. */
  async function perform(interaction: Interaction, draft: AskDraft): Promise<string | null> {
    const { identity } = interaction;
    const { actor, texts } = identity;
    const { kind, key, people } = draft;
    const subject = draft.subject ?? (await nameOf(identity, draft));
    if (isBackgroundKind(kind) && background.takes(people)) {
      const command = BACKGROUND_KINDS[kind].command.parse({ ...draft.command, pastBrake: true });
      await background.start(interaction, { kind, key, command, people, subject });
      return null;
    }
    const { run } = readRequestedCommand(kind, draft.command);
    const { outcome } = await run(engine, { actor, key, pastBrake: true });
    if (isBackgroundKind(kind)) return background.wordingOf(kind).done(texts, subject, outcome).join('\n');
    return texts.show.disabledDone(Members.parse(outcome).members);
  }

  function titleOf(texts: Texts, { kind }: AskDraft): string {
    return isBackgroundKind(kind) ? background.wordingOf(kind).title(texts) : texts.brake.done;
  }

  async function nameOf({ actor, texts }: Identity, { packageNumber }: AskDraft): Promise<string> {
    return packageName(texts, await resolvePackage(engine, actor, String(packageNumber)));
  }
};
