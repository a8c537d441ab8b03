import { type JsonObject, objectsOf } from '../json.ts';
import { LIMITS } from './limits.ts';
import { all, also, flag, list, oneOf, type Rule, record, string } from './rules.ts';

/** A text object that may only be `plain_text`. */
export function plainText(max: number): Rule {
  return record({ type: oneOf('plain_text'), text: string(max) }, { emoji: flag });
}

/** A text object, `plain_text` or `mrkdwn`; `emoji` belongs to the first only, `verbatim` to the second only. */
export function anyText(max: number): Rule {
  const plain = plainText(max);
  const mrkdwn = record({ type: oneOf('plain_text', 'mrkdwn'), text: string(max) }, { verbatim: flag });
  return (value, at, problems) => {
    const isPlain = (value as JsonObject | null)?.type === 'plain_text';
    (isPlain ? plain : mrkdwn)(value, at, problems);
  };
}

/** A confirm dialog. */
export const confirm: Rule = record(
  {
    title: plainText(LIMITS.confirmTitle),
    text: anyText(LIMITS.confirmText),
    confirm: plainText(LIMITS.confirmButton),
    deny: plainText(LIMITS.confirmButton),
  },
  { style: oneOf('primary', 'danger') },
);

/** An option of a select menu or an overflow menu. */
export const plainOption: Rule = record(
  { text: plainText(LIMITS.optionText), value: string(LIMITS.optionValue) },
  { description: plainText(LIMITS.optionDescription), url: string(LIMITS.url) },
);

/** An option of checkboxes or radio buttons, where mrkdwn is allowed. */
export const richOption: Rule = record(
  { text: anyText(LIMITS.optionText), value: string(LIMITS.optionValue) },
  { description: anyText(LIMITS.optionDescription) },
);

/** The options of a menu, one by one or in groups. */
export const optionGroups: Rule = list(
  1,
  LIMITS.optionGroups,
  record({ label: plainText(LIMITS.groupLabel), options: list(1, LIMITS.options, plainOption) }),
);

/** Exactly one of `options` and `option_groups`. */
export const optionsOrGroups: Rule = also((element, at, problems) => {
  const hasOptions = element.options !== undefined;
  const hasGroups = element.option_groups !== undefined;
  if (hasOptions === hasGroups) problems.add('must provide either `options` or `option_groups`', at);
});

/** `initial_option` and `initial_options` must be among the options, text and all. */
export const initialsAmongOptions: Rule = also((element, at, problems) => {
  const groups = objectsOf(element.option_groups);
  const offered = [element, ...groups].flatMap((holder) => objectsOf(holder.options)).map(identity);
  const one = element.initial_option;
  if (one && !offered.includes(identity(one as JsonObject))) {
    problems.add('must match one of the options', `${at}/initial_option`);
  }
  objectsOf(element.initial_options).forEach((option, index) => {
    if (!offered.includes(identity(option))) {
      problems.add('must match one of the options', `${at}/initial_options/${index}`);
    }
  });
});

/** The same value twice in one menu cannot be told apart by the app. */
export const distinctValues: Rule = also((element, at, problems) => {
  const groups = objectsOf(element.option_groups);
  const values = [element, ...groups].flatMap((holder) => objectsOf(holder.options)).map((one) => one.value);
  if (new Set(values).size < values.length) problems.add('option values must be unique', at);
});

/** What every list of fixed choices has to fulfil. */
export const choices: Rule = all(initialsAmongOptions, distinctValues);

function identity(option: JsonObject): string {
  const text = option.text as JsonObject | undefined;
  return JSON.stringify([option.value, text?.type, text?.text]);
}
