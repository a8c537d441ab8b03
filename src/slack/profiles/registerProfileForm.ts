import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SourceChange } from '../../engine/core/sourceChange.ts';
import { changeSource, checkSource } from '../../engine/operations/changeSource.ts';
import { profileApplications, showProfile } from '../../engine/readModels/profiles.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { option } from '../kit/blocks.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { besideField } from '../kit/fieldError.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOption, typedText } from '../kit/payloads.ts';
import { profileState, SCREENS } from '../kit/screenRefs.ts';
import { createSourceFlow } from '../kit/sourceFlow.ts';
import { escapeText } from '../kit/text.ts';
import { profileFormView } from './profileFormView.ts';

const Numbered = z.object({ profileId: z.number().int().positive() });
const FIELDS = {
  ...{ name_taken: ACTIONS.profileName, nothing_changed: ACTIONS.profileName },
  ...{ application_simple: ACTIONS.profileApplication, application_not_found: ACTIONS.profileApplication },
};

/** Creating a profile, which concerns nobody yet; renaming and deleting one, which lead to a preview. */
export function registerProfileForm({ engine, screens, listeners }: FeatureKit): void {
  const { begin } = createSourceFlow(engine);

  screens.register(SCREENS.profileForm, async ({ actor, texts }, { profileId }) => {
    requireMay(actor, 'define_profiles');
    return profileFormView(texts, profileId === null ? null : (await showProfile(engine, actor, profileId)).profile);
  });
  listeners.action(ACTIONS.newProfile, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.profileForm, { profileId: null, key: randomUUID() }),
  );
  listeners.action(ACTIONS.renameProfile, { opens: true, value: Numbered }, ({ stage }, { profileId }) =>
    stage.show(SCREENS.profileForm, { profileId, key: randomUUID() }),
  );
  listeners.action(
    ACTIONS.deleteProfile,
    { opens: true, value: Numbered },
    async ({ identity, stage }, { profileId }) => {
      requireMay(identity.actor, 'define_profiles');
      await stage.show(SCREENS.sourcePreview, await begin(identity, { kind: 'delete_profile', profileId }));
    },
  );
  listeners.suggestions(ACTIONS.profileApplication, async ({ actor }, typed) =>
    (await profileApplications(engine, actor, typed)).map(({ id, name }) => option(name, String(id))),
  );

  listeners.submission(SCREENS.profileForm, async (interaction, { profileId, key }): Promise<Submitted> => {
    const { identity, stage, view, values, whisper } = interaction;
    const { actor, texts } = identity;
    requireMay(actor, 'define_profiles');
    const name = typedText(values, ACTIONS.profileName);
    if (name === '') return { errors: { [ACTIONS.profileName]: texts.profiles.nameNeeded } };
    const applicationId = Number(chosenOption(values, ACTIONS.profileApplication) ?? 'none');
    if (profileId === null && !Number.isInteger(applicationId)) {
      return { errors: { [ACTIONS.profileApplication]: texts.profiles.chooseApplication } };
    }
    const change: SourceChange =
      profileId === null
        ? { kind: 'create_profile', applicationId, name }
        : { kind: 'edit_profile', profileId, edit: { what: 'rename', name } };
    try {
      await checkSource(engine, actor, change);
    } catch (error) {
      return besideField(texts, error, FIELDS);
    }
    if (profileId !== null) {
      return { work: async () => stage.replace(SCREENS.sourcePreview, await begin(identity, change)) };
    }
    // The new profile takes the place of the list: a stack holds three views, and it needs two more
    const close = Boolean(view?.previous_view_id);
    return {
      close,
      work: async () => {
        const { outcome } = await changeSource(engine, { actor, key, change });
        const created = texts.profiles.created(escapeText(name));
        const state = profileState(outcome.id, created);
        const shown = await (close
          ? stage.refreshBelow(SCREENS.profile, state)
          : stage.replace(SCREENS.profile, state));
        if (!shown) await whisper(created);
      },
    };
  });
}
