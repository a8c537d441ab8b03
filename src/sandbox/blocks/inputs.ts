import { newShortId } from '../ids.ts';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json.ts';

/** What a person has entered, in the client's own form; options stand for themselves or by their value. */
export type InputValue = null | string | number | JsonObject | (string | JsonObject)[];

/** An input on the screen. It keeps its `mount` id as long as its block_id and action_id persist. */
export interface Mount {
  mount: string;
  initial: InputValue;
}

/** The inputs of a view or message by block_id and action_id. */
export type Mounts = Record<string, Record<string, Mount>>;

interface InputKind {
  /** Field of `state.values` and of `actions[]`. */
  field: string;
  initial: string;
  holds: 'text' | 'option' | 'external' | 'id' | 'number' | 'richText' | 'file';
  isMany: boolean;
}

const text: InputKind = { field: 'value', initial: 'initial_value', holds: 'text', isMany: false };
const option: InputKind = { field: 'selected_option', initial: 'initial_option', holds: 'option', isMany: false };
const options: InputKind = { field: 'selected_options', initial: 'initial_options', holds: 'option', isMany: true };
const id = (name: string): InputKind => ({
  field: `selected_${name}`,
  initial: `initial_${name}`,
  holds: 'id',
  isMany: name.endsWith('s'),
});

/** Every element that carries a value, with the names of its fields. */
export const INPUT_KINDS: Record<string, InputKind> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', holds: 'richText', isMany: false },
  static_select: option,
  radio_buttons: option,
  multi_static_select: options,
  checkboxes: options,
  external_select: { ...option, holds: 'external' },
  multi_external_select: { ...options, holds: 'external' },
  users_select: id('user'),
  multi_users_select: id('users'),
  conversations_select: id('conversation'),
  multi_conversations_select: id('conversations'),
  channels_select: id('channel'),
  multi_channels_select: id('channels'),
  datepicker: id('date'),
  timepicker: id('time'),
  // Slack takes no initial files
  file_input: { field: 'files', initial: 'initial_files', holds: 'file', isMany: true },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', holds: 'number', isMany: false },
};

/** An interactive element with the block it stands in. */
export interface PlacedElement {
  block: JsonObject;
  blockId: string;
  element: JsonObject;
  actionId: string;
}

/** All interactive elements of some blocks, in reading order. */
export function placedElements(blocks: JsonObject[]): PlacedElement[] {
  return blocks.flatMap((block) => {
    const blockId = stringOf(block.block_id) ?? '';
    const candidates = [block.element, block.accessory, ...objectsOf(block.elements)];
    return candidates.filter(isObject).flatMap((element) => {
      const actionId = stringOf(element.action_id);
      return actionId === undefined ? [] : [{ block, blockId, element, actionId }];
    });
  });
}

/** The element with these ids, if there is one. */
export function findElement(blocks: JsonObject[], blockId: string, actionId: string): PlacedElement | undefined {
  return placedElements(blocks).find((placed) => placed.blockId === blockId && placed.actionId === actionId);
}

/** The options of a static element, its groups flattened. */
export function optionsOf(element: JsonObject): JsonObject[] {
  const grouped = objectsOf(element.option_groups).flatMap((group) => objectsOf(group.options));
  return [...objectsOf(element.options), ...grouped];
}

/**
 * The inputs of new content. An input that was there before stays mounted with its first initial value: a client
 * ignores a changed `initial_…` as long as block_id and action_id are the same.
 */
export function mountInputs(blocks: JsonObject[], before: Mounts): Mounts {
  const mounts: Mounts = {};
  for (const { blockId, actionId, element } of placedElements(blocks)) {
    const kind = INPUT_KINDS[String(element.type)];
    if (!kind) continue;
    const initial = (element[kind.initial] as InputValue | undefined) ?? (kind.isMany ? [] : null);
    const block = mounts[blockId] ?? {};
    mounts[blockId] = block;
    block[actionId] = before[blockId]?.[actionId] ?? { mount: newShortId() + newShortId(), initial };
  }
  return mounts;
}
