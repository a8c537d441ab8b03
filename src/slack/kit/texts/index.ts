import { en } from './en.ts';
import { es } from './es.ts';
import type { Texts, Wording } from './texts.ts';

export type { Texts };

export type Language = 'en' | 'es';

const LANGUAGES: Record<Language, Wording> = { en, es };

/** The variety of a language whose dates we write: the day before the month. */
const DATES: Record<Language, string> = { en: 'en-GB', es: 'es-ES' };

/** The texts of a language; moments are told in `timeZone`, the organization's. */
export function textsOf(language: Language, timeZone = 'UTC'): Texts {
  // Made when the first moment is told: few texts tell one
  let format: Intl.DateTimeFormat | undefined;
  let days: Intl.DateTimeFormat | undefined;
  function dayOf(at: Date): string {
    days ??= new Intl.DateTimeFormat(DATES[language], { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
    return days.format(at);
  }
  return {
    ...LANGUAGES[language],
    moment(at) {
      format ??= new Intl.DateTimeFormat(DATES[language], {
        ...({ timeZone, timeZoneName: 'short', hourCycle: 'h23' } as const),
        ...({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const),
      });
      return format.format(at);
    },
    dayOf,
    lastDay: (end) => dayOf(new Date(end.getTime() - 1)),
    day: (day) =>
      new Date(`${day}T00:00:00Z`).toLocaleDateString(DATES[language], {
        ...({ timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' } as const),
      }),
  };
}

/** The language of a Slack locale such as `es-ES`; English where we do not speak it. */
export function languageOf(locale: string | undefined, otherwise: Language): Language {
  const language = locale?.slice(0, 2);
  return language === 'es' || language === 'en' ? language : locale ? 'en' : otherwise;
}
