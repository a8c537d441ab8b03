import type { Organization } from '../../engine/readModels/organizations.ts';
import { externalSelect, input, type ModalContent, option, staticSelect, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';

/** The languages that an organization may have. */
export const LANGUAGES = ['en', 'es'] as const;

/** The form of the organization's name, time zone, language and brake. */
export function organizationView(texts: Texts, { name, timeZone, locale, brakeShare }: Organization): ModalContent {
  const form = texts.editOrganization;
  const languages = LANGUAGES.map((language) => option(texts.settings.languages[language], language));
  const zone = externalSelect(ACTIONS.organizationTimeZone, form.timeZonePlaceholder, option(timeZone, timeZone));
  return {
    title: form.title,
    submit: texts.common.save,
    close: texts.common.cancel,
    blocks: [
      input('name', form.name, textInput(ACTIONS.organizationName, { initial: name, max: 120 })),
      input('time_zone', form.timeZone, zone, { hint: form.timeZoneHint }),
      input('language', form.language, staticSelect(ACTIONS.organizationLanguage, languages, locale), {
        hint: form.languageHint,
      }),
      input('brake', texts.brake.share, textInput(ACTIONS.organizationBrake, { initial: String(brakeShare), max: 3 }), {
        hint: texts.brake.shareHint,
      }),
    ],
  };
}
