import { en } from './en.ts';
import { es } from './es.ts';
import type { Texts } from './texts.ts';

export type { Texts };

export type Language = 'en' | 'es';

const LANGUAGES: Record<Language, Texts> = { en, es };

/** The texts of a language. */
export function textsOf(language: Language): Texts {
  return LANGUAGES[language];
}

/** The language of a Slack locale such as `es-ES`; English where we do not speak it. */
export function languageOf(locale: string | undefined, otherwise: Language): Language {
  const language = locale?.slice(0, 2);
  return language === 'es' || language === 'en' ? language : locale ? 'en' : otherwise;
}
