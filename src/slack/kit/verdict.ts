import type { AccessExplanation } from '../../engine/readModels/accessExplanation.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';
import { describeSource } from './wording.ts';

/** Whether somebody can open an application, in one line. */
export function verdictText(texts: Texts, { application, verdict, main }: AccessExplanation): string {
  const name = escapeText(application.name);
  const { verdicts } = texts.explain;
  switch (verdict) {
    case 'founder':
      return verdicts.founder;
    case 'nothing':
      return verdicts.nothing(name);
    case 'main_missing':
      return verdicts.mainMissing(name, escapeText(main?.permission.name ?? ''));
    case 'open':
      return verdicts.open(name, main?.effective ? describeSource(texts, main.effective.source) : null);
  }
}
