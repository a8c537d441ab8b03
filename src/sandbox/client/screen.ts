import { type InputValue, type Mounts, optionsOf, type PlacedElement, placedElements } from '../blocks/inputs.ts';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json.ts';
import type { PersonState, ShownConversation, ShownMessage, ShownView } from '../people/state.ts';
import { currentValue, textOf } from './place.ts';

/** What was entered so far, by mount id. */
export type Entered = Map<string, InputValue>;

/** The top modal, else the Home tab, as plain text: buttons in [brackets], inputs as `label: value`. */
export function screenText(state: PersonState, entered: Entered): string {
  const top = state.modals.at(-1);
  if (top) return viewText(top, entered);
  return state.home ? viewText(state.home, entered) : '(no modal and no Home tab)';
}

/** A modal or Home tab as plain text. */
export function viewText(shown: ShownView, entered: Entered): string {
  const { view } = shown;
  const isModal = view.type === 'modal';
  const title = isModal ? [`# ${textOf(view.title)}`] : ['# Home'];
  const footer = [textOf(view.close), textOf(view.submit)].filter(Boolean).map((text) => `[${text}]`);
  return [
    ...title,
    ...blocksText(objectsOf(view.blocks), shown.mounts, entered, shown.errors),
    ...(shown.notice ? [`! ${shown.notice}`] : []),
    ...(isModal && footer.length > 0 ? [footer.join(' ')] : []),
  ].join('\n');
}

/** A message as plain text, its sender first. */
export function messageText(message: ShownMessage, entered: Entered): string {
  const marks = [message.isEphemeral ? 'only visible to you' : '', message.threadTs ? 'reply' : ''].filter(Boolean);
  const head = `${message.user}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}:`;
  const body = message.blocks.length > 0 ? blocksText(message.blocks, message.mounts, entered, {}) : [message.text];
  const files = message.files.map((file) => `<file ${String(file.name)}>`);
  return [head, ...body, ...files].join('\n');
}

/** Everything a person sees, for error messages. */
export function dumpState(state: PersonState, entered: Entered): string {
  const conversation = ({ kind, name, messages }: ShownConversation): string[] =>
    messages.length === 0
      ? []
      : [
          `--- ${kind === 'im' ? 'direct messages with the app' : `#${name}`}`,
          ...messages.slice(-6).map((message) => messageText(message, entered)),
        ];
  return [
    `=== what ${state.as} sees`,
    ...state.modals.map((view) => `--- modal\n${viewText(view, entered)}`),
    ...(state.home ? [`--- home\n${viewText(state.home, entered)}`] : []),
    ...state.conversations.flatMap(conversation),
    ...state.toasts.map((toast) => `--- toast\n${toast.text}`),
  ].join('\n');
}

function blocksText(blocks: JsonObject[], mounts: Mounts, entered: Entered, errors: Record<string, string>): string[] {
  return blocks.flatMap((block) => {
    const elements = placedElements([block]).map((placed) => elementText(placed, mounts, entered));
    const error = errors[stringOf(block.block_id) ?? ''];
    return [...blockText(block, elements), ...(error ? [`  ! ${error}`] : [])];
  });
}

function blockText(block: JsonObject, elements: string[]): string[] {
  switch (block.type) {
    case 'header':
      return [`## ${textOf(block.text)}`];
    case 'divider':
      return ['---'];
    case 'section': {
      const fields = objectsOf(block.fields).map((field) => `  | ${textOf(field)}`);
      return [[textOf(block.text), ...elements].filter(Boolean).join('  '), ...fields].filter(Boolean);
    }
    case 'context':
      return [`(${objectsOf(block.elements).map(contextText).join(' · ')})`];
    case 'actions':
      return [elements.join(' ')];
    case 'input': {
      const hint = textOf(block.hint);
      const label = `${textOf(block.label)}${block.optional === true ? ' (optional)' : ''}`;
      return [`${label}: ${elements.join(' ')}`, ...(hint ? [`  ${hint}`] : [])];
    }
    case 'image':
      return [`<image ${String(block.alt_text)}>`];
    case 'markdown':
      return [String(block.text)];
    default:
      return [leafTexts(block)];
  }
}

function contextText(element: JsonObject): string {
  return element.type === 'image' ? `<image ${String(element.alt_text)}>` : textOf(element);
}

function elementText(placed: PlacedElement, mounts: Mounts, entered: Entered): string {
  const { element } = placed;
  const type = String(element.type);
  if (type === 'button') return `[${textOf(element.text)}]`;
  if (type === 'overflow') return `[…: ${optionsOf(element).map(labelOf).join(' / ')}]`;
  const value = currentValue(mounts, entered, placed);
  if (type === 'radio_buttons' || type === 'checkboxes') {
    const chosen = list(value).map((item) => (isObject(item) ? item.value : item));
    return optionsOf(element)
      .map((option) => `(${chosen.includes(option.value) ? 'x' : ' '}) ${labelOf(option)}`)
      .join(' ');
  }
  if (type === 'file_input') {
    return `<${
      list(value)
        .map((file) => (isObject(file) ? String(file.name) : file))
        .join(', ') || 'no file'
    }>`;
  }
  const shown = list(value).map((item) => (isObject(item) ? labelOf(item) : labelFor(element, String(item))));
  const placeholder = textOf(element.placeholder);
  return `<${shown.length > 0 ? shown.join(', ') : placeholder ? `${placeholder}…` : ''}>`;
}

function list(value: InputValue): (string | number | JsonObject)[] {
  if (value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

function labelFor(element: JsonObject, value: string): string {
  const option = optionsOf(element).find((candidate) => candidate.value === value);
  return option ? labelOf(option) : value;
}

function labelOf(option: JsonObject): string {
  return textOf(option.text);
}

function leafTexts(value: unknown): string {
  if (Array.isArray(value)) return value.map(leafTexts).join('');
  if (!isObject(value)) return '';
  return (stringOf(value.text) ?? stringOf(value.user_id) ?? '') + leafTexts(value.elements);
}
