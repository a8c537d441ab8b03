// @ts-check
import { confirmed } from './confirm.js';

/**
 * Where elements stand: a view or message with its inputs.
 * @typedef {{ source: any, mounts: any, errors: Record<string, string>, store: import('./store.js').Store,
 *   onSubmit: (() => void) | null }} Place
 */

/**
 * Sends `block_actions` for an element, after its confirm dialog if it has one; false when that was declined.
 * @param {any} element @param {any} block @param {Place} place @param {any} [value] @param {() => void} [onSend]
 */
export async function dispatch(element, block, place, value, onSend) {
  if (element.confirm && !(await confirmed(element.confirm, place.store))) return false;
  onSend?.();
  await place.store.act('action', {
    source: place.source,
    blockId: block.block_id,
    actionId: element.action_id,
    state: place.store.enteredIn(place.mounts),
    ...(value === undefined ? {} : { value }),
  });
  return true;
}

/**
 * Takes a new value; sends it at once where the element stands outside an input, or asks for it.
 * @param {any} element @param {any} block @param {Place} place @param {any} value
 */
export function enter(element, block, place, value) {
  const before = current(element, block, place);
  place.store.enter(place.mounts, block.block_id, element.action_id, value);
  if (block.type === 'input' && !block.dispatch_action) return;
  void dispatch(element, block, place, value).then((isSent) => {
    if (isSent) return;
    place.store.enter(place.mounts, block.block_id, element.action_id, before);
    place.store.redraw();
  });
}

/** @param {any} element */
export function ids(element) {
  return { 'data-action-id': element.action_id };
}

/** @param {any} element @param {any} block @param {Place} place */
export function current(element, block, place) {
  return place.store.inputValue(place.mounts, block.block_id, element.action_id);
}
