import { type InputValue, type Mounts, optionsOf, type PlacedElement, placedElements } from '../blocks/inputs.ts';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json.ts';
import type { Source } from '../people/schemas.ts';
import type { ShownMessage, ShownView } from '../people/state.ts';

/** Blocks on the screen, wherever they stand. */
export interface Place {
  source: Source;
  blocks: JsonObject[];
  mounts: Mounts;
}

/** Narrows a search for an element that occurs more than once. */
export interface Within {
  blockId?: string | undefined;
  /** Counts from 0. */
  nth?: number | undefined;
}

/** The blocks of a view. */
export function placeOfView(view: ShownView): Place {
  return { source: { viewId: view.id }, blocks: objectsOf(view.view.blocks), mounts: view.mounts };
}

/** The blocks of a message. */
export function placeOfMessage(message: ShownMessage): Place {
  return { source: { channel: message.channel, ts: message.ts }, blocks: message.blocks, mounts: message.mounts };
}

/** The text of a text object. */
export function textOf(value: unknown): string {
  return isObject(value) ? (stringOf(value.text) ?? '') : '';
}

/** The button with this text or action_id. */
export function findButton(place: Place, wanted: string, within: Within): PlacedElement | undefined {
  return pick(place, within, ({ element, actionId }) => {
    return element.type === 'button' && (actionId === wanted || textOf(element.text) === wanted);
  });
}

/** The input or menu with this action_id, block_id or (input blocks) label. */
export function findInput(place: Place, wanted: string, within: Within): PlacedElement | undefined {
  return pick(place, within, ({ element, actionId, blockId, block }) => {
    if (element.type === 'button') return false;
    return [actionId, blockId, textOf(block.label)].includes(wanted);
  });
}

/** The value of the option that is told by its value or its visible text. */
export function optionValue(element: JsonObject, wanted: string): string | undefined {
  const options = optionsOf(element);
  const option =
    options.find((candidate) => candidate.value === wanted) ??
    options.find((candidate) => textOf(candidate.text) === wanted);
  return stringOf(option?.value);
}

/** Whether using this element sends `block_actions` at once. */
export function dispatches({ block, element }: PlacedElement, trigger: 'change' | 'character' | 'enter'): boolean {
  if (block.type !== 'input') return true;
  if (block.dispatch_action !== true) return false;
  if (trigger === 'change') return true;
  const config = element.dispatch_action_config;
  const wanted = isObject(config) ? config.trigger_actions_on : ['on_enter_pressed'];
  return Array.isArray(wanted) && wanted.includes(trigger === 'enter' ? 'on_enter_pressed' : 'on_character_entered');
}

/** What stands in an input: what was entered, else what it was mounted with. */
export function currentValue(mounts: Mounts, entered: Map<string, InputValue>, placed: PlacedElement): InputValue {
  const mount = mounts[placed.blockId]?.[placed.actionId];
  if (!mount) return null;
  const value = entered.get(mount.mount);
  return value === undefined ? mount.initial : value;
}

function pick(place: Place, within: Within, fits: (placed: PlacedElement) => boolean): PlacedElement | undefined {
  const found = placedElements(place.blocks).filter((placed) => {
    return (within.blockId === undefined || placed.blockId === within.blockId) && fits(placed);
  });
  return found[within.nth ?? 0];
}
