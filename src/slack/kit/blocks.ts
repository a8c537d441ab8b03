import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  Checkboxes,
  ContextBlock,
  ConversationsSelect,
  Datepicker,
  DividerBlock,
  ExternalSelect,
  FileInput,
  HeaderBlock,
  HomeView,
  InputBlock,
  InputBlockElement,
  KnownBlock,
  ModalView,
  MultiExternalSelect,
  Option,
  Overflow,
  PlainTextElement,
  PlainTextInput,
  SectionBlock,
  SectionBlockAccessory,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import { LIMITS } from './limits.ts';
import { truncate } from './text.ts';

/**
 * The one place that makes blocks. Every text is cut to Slack's limit and never empty, every list is bounded, so that
 * no data of an organization can make Slack refuse a view.
 */

export type Block = KnownBlock;

function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: truncate(text.trim() || '–', max), emoji: true };
}

/** A heading in plain text. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMITS.headerText) };
}

/** A paragraph of mrkdwn; people's data in it must be escaped. */
export function section(text: string, options: { accessory?: SectionBlockAccessory; id?: string } = {}): SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: truncate(text.trim() || '–', LIMITS.sectionText) },
    ...(options.accessory && { accessory: options.accessory }),
    ...(options.id && { block_id: options.id }),
  };
}

/** Small print: each text mrkdwn, in which people's data must be escaped; what Slack has no room for is left out. */
export function context(...texts: string[]): ContextBlock {
  return {
    type: 'context',
    elements: texts
      .slice(0, LIMITS.contextElements)
      .map((text) => ({ type: 'mrkdwn', text: truncate(text.trim() || '–', LIMITS.sectionText) })),
  };
}

/** A line across. */
export function divider(): DividerBlock {
  return { type: 'divider' };
}

/** A row of buttons; none at all gives no block. */
export function actions(id: string, elements: ActionsBlockElement[]): ActionsBlock[] {
  return elements.length === 0
    ? []
    : [{ type: 'actions', block_id: id, elements: elements.slice(0, LIMITS.actionElements) }];
}

export interface ButtonOptions {
  style?: 'primary' | 'danger';
  confirm?: { title: string; text: string; confirm: string; deny: string };
}

/** A button; `value` is carried back as JSON and parsed again by whoever listens. */
export function button(actionId: string, text: string, value: object = {}, options: ButtonOptions = {}): Button {
  const { style, confirm } = options;
  return {
    type: 'button',
    action_id: actionId,
    text: plain(text, LIMITS.buttonText),
    value: JSON.stringify(value),
    ...(style && { style }),
    ...(confirm && {
      confirm: {
        title: plain(confirm.title, LIMITS.confirmTitle),
        text: { type: 'mrkdwn', text: truncate(confirm.text, LIMITS.confirmText) },
        confirm: plain(confirm.confirm, LIMITS.confirmButton),
        deny: plain(confirm.deny, LIMITS.confirmButton),
        // What is dangerous to press is dangerous to confirm
        ...(style === 'danger' && { style }),
      },
    }),
  };
}

/** A choice of a select. `value` is an id, 75 characters at most. */
export function option(text: string, value: string, description?: string): Option & { text: PlainTextElement } {
  return {
    text: plain(text, LIMITS.optionText),
    value,
    ...(description && { description: plain(description, LIMITS.optionDescription) }),
  };
}

/**
 * A menu with fixed options, those of a value that was there before left out; `initial` is the value chosen at first.
 */
export function staticSelect(
  actionId: string,
  options: Option[],
  initial?: string,
  placeholder?: string,
): StaticSelect {
  const shown = distinct(options).slice(0, LIMITS.options) as (Option & { text: PlainTextElement })[];
  const chosen = shown.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    action_id: actionId,
    options: shown,
    ...(chosen && { initial_option: chosen }),
    ...(placeholder && { placeholder: plain(placeholder, LIMITS.placeholder) }),
  };
}

/** Slack takes each value once. */
function distinct(options: readonly Option[]): Option[] {
  return [...new Map(options.toReversed().map((each) => [each.value, each])).values()].toReversed();
}

/** A menu of up to five actions behind three dots; its choice is the option's value. */
export function overflow(actionId: string, options: Option[]): Overflow {
  return {
    type: 'overflow',
    action_id: actionId,
    options: options.slice(0, LIMITS.overflowOptions) as Overflow['options'],
  };
}

/** A select of the workspace's people, which Slack fills itself. */
export function usersSelect(actionId: string, placeholder: string, initial?: string): UsersSelect {
  return {
    type: 'users_select',
    action_id: actionId,
    placeholder: plain(placeholder, LIMITS.placeholder),
    ...(initial && { initial_user: initial }),
  };
}

/** A select of the workspace's channels, public and private, which Slack fills itself. */
export function channelSelect(actionId: string, placeholder: string, initial?: string | null): ConversationsSelect {
  return {
    type: 'conversations_select',
    action_id: actionId,
    placeholder: plain(placeholder, LIMITS.placeholder),
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    ...(initial && { initial_conversation: initial }),
  };
}

/** A day chosen from a calendar, written `2026-05-03`. */
export function datepicker(actionId: string, placeholder: string, initial?: string): Datepicker {
  return {
    type: 'datepicker',
    action_id: actionId,
    placeholder: plain(placeholder, LIMITS.placeholder),
    ...(initial && { initial_date: initial }),
  };
}

/** A select whose options the server searches as the person types. */
export function externalSelect(actionId: string, placeholder: string, initial?: Option): ExternalSelect {
  return {
    type: 'external_select',
    action_id: actionId,
    min_query_length: 0,
    placeholder: plain(placeholder, LIMITS.placeholder),
    ...(initial && { initial_option: initial as ExternalSelect['initial_option'] & object }),
  };
}

/** A search box for several options, which a listener for suggestions gives. */
export function multiExternalSelect(
  actionId: string,
  placeholder: string,
  initial: Option[] = [],
): MultiExternalSelect {
  return {
    type: 'multi_external_select',
    action_id: actionId,
    min_query_length: 0,
    placeholder: plain(placeholder, LIMITS.placeholder),
    ...(initial.length > 0 && {
      initial_options: initial.slice(0, LIMITS.options) as NonNullable<MultiExternalSelect['initial_options']>,
    }),
  };
}

/** Checkboxes; `initial` are the values ticked at first. */
export function checkboxes(actionId: string, options: Option[], initial: readonly string[]): Checkboxes {
  const shown = options.slice(0, LIMITS.checkboxes);
  const chosen = shown.filter(({ value }) => value !== undefined && initial.includes(value));
  return {
    type: 'checkboxes',
    action_id: actionId,
    options: shown as Checkboxes['options'],
    ...(chosen.length > 0 && { initial_options: chosen as NonNullable<Checkboxes['initial_options']> }),
  };
}

/** A field for text; `max` is how many characters it takes, `onEnter` has Enter tell a listener. */
export function textInput(
  actionId: string,
  options: { initial?: string; placeholder?: string; multiline?: boolean; max?: number; onEnter?: boolean } = {},
): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: actionId,
    multiline: options.multiline ?? false,
    max_length: options.max ?? LIMITS.inputText,
    ...(options.initial && { initial_value: options.initial.slice(0, options.max ?? LIMITS.inputText) }),
    ...(options.placeholder && { placeholder: plain(options.placeholder, LIMITS.placeholder) }),
    ...(options.onEnter && { dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] } }),
  };
}

/** A place to attach one file with one of these endings. Slack's check is a courtesy: what comes is checked again. */
export function fileInput(actionId: string, endings: readonly string[]): FileInput {
  return { type: 'file_input', action_id: actionId, filetypes: [...endings], max_files: 1 };
}

/** An input with its label. `id` is the block's; it must be filled in unless `optional`. */
export function input(
  id: string,
  label: string,
  element: InputBlockElement,
  options: { hint?: string; optional?: boolean; dispatch?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, LIMITS.label),
    element,
    optional: options.optional ?? false,
    ...(options.hint && { hint: plain(options.hint, LIMITS.label) }),
    ...(options.dispatch && { dispatch_action: true }),
  };
}

/** What a screen shows; the kit adds its identity. */
export interface ModalContent {
  title: string;
  blocks: Block[];
  submit?: string | undefined;
  close: string;
}

/** A modal within Slack's limits. `identity` tells the screen and its state when it comes back. */
export function modal(content: ModalContent, identity: { callbackId: string; metadata: string }): ModalView {
  if (identity.metadata.length > LIMITS.privateMetadata)
    throw new RangeError('The state of a view must fit its metadata');
  return {
    type: 'modal',
    callback_id: identity.callbackId,
    private_metadata: identity.metadata,
    title: plain(content.title, LIMITS.modalTitle),
    close: plain(content.close, LIMITS.modalTitle),
    ...(content.submit && { submit: plain(content.submit, LIMITS.modalTitle) }),
    blocks: boundBlocks(content.blocks, LIMITS.modalBlocks),
  };
}

/** App Home within Slack's limits. */
export function home(blocks: Block[]): HomeView {
  return { type: 'home', blocks: boundBlocks(blocks, LIMITS.modalBlocks) };
}

/** Cuts a list of blocks to what a surface takes, in number and in bytes, and shows that something was cut. */
export function boundBlocks(blocks: Block[], max: number): Block[] {
  if (blocks.length === 0) return [section('–')];
  const room = blocks.length <= max ? max : max - 1;
  let bytes = 0;
  const kept = blocks.slice(0, room).filter((block) => {
    bytes += Buffer.byteLength(JSON.stringify(block)) + 1;
    return bytes <= LIMITS.blocksBytes;
  });
  return kept.length === blocks.length ? blocks : [...kept, context('…')];
}
