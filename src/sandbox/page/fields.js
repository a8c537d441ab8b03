// @ts-check
import { h } from './dom.js';
import { withEmoji } from './emoji.js';
import { current, dispatch, enter, ids } from './interaction.js';

/** @typedef {import('./interaction.js').Place} Place */

const CHARACTER_PAUSE_MS = 350;

/** @type {Record<string, string>} */
const FIELD_TYPES = {
  plain_text_input: 'text',
  rich_text_input: 'text',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** @param {any} element @param {any} block @param {Place} place @param {string} [labelId] */
export function field(element, block, place, labelId) {
  const isLong = element.multiline === true || element.type === 'rich_text_input';
  const isDateTime = element.type === 'datetimepicker';
  const isPicker = element.type.endsWith('picker');
  const value = current(element, block, place);
  const error = place.errors[block.block_id];
  const node = h(isLong ? 'textarea' : 'input', {
    class: 'field',
    type: isLong ? undefined : FIELD_TYPES[element.type],
    rows: isLong ? 4 : undefined,
    step: element.type === 'number_input' && element.is_decimal_allowed ? 'any' : undefined,
    placeholder: element.placeholder && withEmoji(element.placeholder.text),
    maxlength: element.max_length,
    autocomplete: 'off',
    'aria-labelledby': labelId,
    'aria-label': labelId ? undefined : (element.placeholder?.text ?? element.type),
    'aria-invalid': error ? 'true' : undefined,
    'data-focus': element.focus_on_load,
    value: isDateTime ? localDateTime(value) : plainValue(value),
    ...ids(element),
  });
  /** @returns {any} */
  const read = () => {
    if (node.value === '') return null;
    return isDateTime ? Math.floor(new Date(node.value).getTime() / 1000) : node.value;
  };
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  node.addEventListener('input', () => {
    if (isPicker) return enter(element, block, place, read());
    place.store.enter(place.mounts, block.block_id, element.action_id, read());
    if (!block.dispatch_action || !triggers.includes('on_character_entered')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void dispatch(element, block, place, read()), CHARACTER_PAUSE_MS);
  });
  node.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' || event.isComposing || (isLong && !event.metaKey && !event.ctrlKey)) return;
    event.preventDefault();
    if (block.dispatch_action && triggers.includes('on_enter_pressed')) void dispatch(element, block, place, read());
    else place.onSubmit?.();
  });
  return node;
}

/** @param {any} value */
function plainValue(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? '' : String(value);
}

/** @param {any} seconds */
function localDateTime(seconds) {
  if (seconds === null || seconds === undefined) return '';
  const at = new Date(Number(seconds) * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
