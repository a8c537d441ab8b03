import type { Profile } from '../../engine/readModels/profiles.ts';
import { context, externalSelect, input, type ModalContent, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Characters that the form takes for a name; an import may bring longer ones. */
const NAME = 120;

/** The form of a profile's name, and of its application where it is new. */
export function profileFormView(texts: Texts, profile: Profile | null): ModalContent {
  const words = texts.profiles;
  const name = input(
    'profile_name',
    words.name,
    textInput(ACTIONS.profileName, {
      max: Math.max(NAME, profile?.name.length ?? 0),
      placeholder: words.namePlaceholder,
      ...(profile && { initial: profile.name }),
    }),
  );
  if (profile) {
    const blocks = [context(words.of(escapeText(profile.applicationName))), name];
    return { title: words.renameTitle, submit: words.next, close: texts.common.cancel, blocks };
  }
  return {
    title: words.newTitle,
    submit: words.createButton,
    close: texts.common.cancel,
    blocks: [
      input(
        'profile_application',
        words.application,
        externalSelect(ACTIONS.profileApplication, texts.addPermission.applicationPlaceholder),
        { hint: words.applicationHint },
      ),
      name,
    ],
  };
}
