import { isObject } from '../json.ts';
import { choices, confirm, optionGroups, optionsOrGroups, plainOption, plainText, richOption } from './composition.ts';
import { LIMITS } from './limits.ts';
import {
  address,
  all,
  also,
  flag,
  integer,
  list,
  oneOf,
  pattern,
  type Rule,
  record,
  type Shape,
  type Surface,
  string,
} from './rules.ts';

/** The places inside a block where an element can stand. */
export type Host = 'accessory' | 'actions' | 'input' | 'context';

interface ElementKind {
  hosts: Host[];
  surfaces?: Surface[];
  required?: Shape;
  optional?: Shape;
  extra?: Rule;
}

const anywhere: Host[] = ['accessory', 'actions', 'input'];
const placeholder = { placeholder: plainText(LIMITS.placeholder) };
const focus = { focus_on_load: flag };
const picker = { ...focus, confirm };
const menu = { ...picker, ...placeholder };
const many = { max_selected_items: integer(1, 100) };
const staticOptions = { options: list(1, LIMITS.options, plainOption), option_groups: optionGroups };
const queryLength = { min_query_length: integer(0, 150) };
const someIds = list(0, 100, string(LIMITS.id));
const dispatch = {
  dispatch_action_config: record({
    trigger_actions_on: list(1, 2, oneOf('on_enter_pressed', 'on_character_entered')),
  }),
};
const typed = { ...focus, ...placeholder, ...dispatch };
const choiceOptions = { options: list(1, LIMITS.choiceOptions, richOption) };
const conversationFilter = record(
  {},
  {
    include: list(1, 4, oneOf('im', 'mpim', 'private', 'public')),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);
const conversations = { default_to_current_conversation: flag, response_url_enabled: flag, filter: conversationFilter };

const lengthBounds: Rule = also((element, at, problems) => {
  const max = Number(element.max_length ?? LIMITS.textInput);
  const min = Number(element.min_length ?? 0);
  const initial = String(element.initial_value ?? '');
  if (min > max) problems.add('must be less than or equal to `max_length`', `${at}/min_length`);
  if (initial.length > max) problems.add(`must be less than ${max + 1} characters`, `${at}/initial_value`);
});

const kinds: Record<string, ElementKind> = {
  button: {
    hosts: ['accessory', 'actions'],
    required: { text: plainText(LIMITS.buttonText) },
    optional: {
      value: string(LIMITS.buttonValue, 0),
      url: address(LIMITS.url),
      style: oneOf('primary', 'danger'),
      accessibility_label: string(LIMITS.buttonText),
      confirm,
    },
  },
  overflow: {
    hosts: ['accessory', 'actions'],
    required: { options: list(1, LIMITS.overflowOptions, plainOption) },
    optional: { confirm },
    extra: choices,
  },
  static_select: {
    hosts: anywhere,
    optional: { ...menu, ...staticOptions, initial_option: plainOption },
    extra: all(optionsOrGroups, choices),
  },
  multi_static_select: {
    hosts: anywhere,
    optional: { ...menu, ...many, ...staticOptions, initial_options: list(1, 100, plainOption) },
    extra: all(optionsOrGroups, choices),
  },
  external_select: { hosts: anywhere, optional: { ...menu, ...queryLength, initial_option: plainOption } },
  multi_external_select: {
    hosts: anywhere,
    optional: { ...menu, ...many, ...queryLength, initial_options: list(1, 100, plainOption) },
  },
  users_select: { hosts: anywhere, optional: { ...menu, initial_user: string(LIMITS.id) } },
  multi_users_select: { hosts: anywhere, optional: { ...menu, ...many, initial_users: someIds } },
  conversations_select: {
    hosts: anywhere,
    optional: { ...menu, ...conversations, initial_conversation: string(LIMITS.id) },
  },
  multi_conversations_select: {
    hosts: anywhere,
    optional: { ...menu, ...many, ...conversations, initial_conversations: someIds },
  },
  channels_select: {
    hosts: anywhere,
    optional: { ...menu, response_url_enabled: flag, initial_channel: string(LIMITS.id) },
  },
  multi_channels_select: { hosts: anywhere, optional: { ...menu, ...many, initial_channels: someIds } },
  radio_buttons: {
    hosts: anywhere,
    required: choiceOptions,
    optional: { ...picker, initial_option: richOption },
    extra: choices,
  },
  checkboxes: {
    hosts: anywhere,
    required: choiceOptions,
    optional: { ...picker, initial_options: list(1, LIMITS.choiceOptions, richOption) },
    extra: choices,
  },
  datepicker: {
    hosts: anywhere,
    optional: { ...menu, initial_date: pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date (YYYY-MM-DD)') },
  },
  timepicker: {
    hosts: anywhere,
    optional: { ...menu, initial_time: pattern(/^\d{2}:\d{2}$/, 'a time (HH:mm)'), timezone: string(LIMITS.id) },
  },
  datetimepicker: {
    hosts: ['actions', 'input'],
    optional: { ...picker, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  },
  plain_text_input: {
    hosts: ['input'],
    optional: {
      ...typed,
      multiline: flag,
      min_length: integer(0, LIMITS.textInput),
      max_length: integer(1, LIMITS.textInput),
      initial_value: string(LIMITS.textInput, 0),
    },
    extra: lengthBounds,
  },
  rich_text_input: { hosts: ['input', 'actions'], optional: { ...typed, initial_value: record({}, richTextFields()) } },
  email_text_input: { hosts: ['input'], optional: { ...typed, initial_value: string(LIMITS.textInput, 0) } },
  url_text_input: { hosts: ['input'], optional: { ...typed, initial_value: string(LIMITS.textInput, 0) } },
  number_input: {
    hosts: ['input'],
    required: { is_decimal_allowed: flag },
    optional: { ...typed, initial_value: string(100), min_value: string(100), max_value: string(100) },
  },
  file_input: {
    hosts: ['input'],
    surfaces: ['modal'],
    optional: { filetypes: list(1, 100, string(20)), max_files: integer(1, 10) },
  },
  image: {
    hosts: ['accessory', 'context'],
    required: { alt_text: string(LIMITS.altText) },
    optional: { image_url: address(LIMITS.imageUrl), slack_file: record({}, { id: string(255), url: string(3000) }) },
  },
};

function richTextFields(): Shape {
  return {
    type: oneOf('rich_text'),
    elements: list(
      1,
      100,
      also(() => undefined),
    ),
  };
}

/** The rule for whatever element stands at this place. */
export function elementIn(host: Host): Rule {
  return (value, at, problems) => {
    const type = isObject(value) ? String(value.type) : '';
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    const fits = kind?.hosts.includes(host) && (kind.surfaces ?? [problems.surface]).includes(problems.surface);
    if (!kind || !fits) return problems.add(`unsupported type: ${type || 'none'}`, `${at}/type`);
    const actionId: Shape = type === 'image' ? {} : { action_id: string(LIMITS.id) };
    record({ type: oneOf(type), ...kind.required }, { ...actionId, ...kind.optional })(value, at, problems);
    kind.extra?.(value, at, problems);
  };
}
