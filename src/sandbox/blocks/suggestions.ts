import type { JsonObject } from '../json.ts';
import { optionGroups, optionsOrGroups, plainOption } from './composition.ts';
import { LIMITS } from './limits.ts';
import { all, list, Problems, record } from './rules.ts';

const answer = all(
  record({}, { options: list(0, LIMITS.options, plainOption), option_groups: optionGroups }),
  optionsOrGroups,
);

/** What is wrong with an app's answer to a `block_suggestion`; nothing when it can be shown. */
export function checkOptions(body: JsonObject): string[] {
  const problems = new Problems('modal');
  answer(body, '', problems);
  return problems.messages;
}
