// @ts-check
import { upload } from './api.js';
import { h } from './dom.js';
import { current, enter, ids } from './interaction.js';

/** @typedef {import('./interaction.js').Place} Place */

/**
 * A file input: a button that asks for a file, and what is attached so far, each with a way to remove it.
 * @param {any} element @param {any} block @param {Place} place @param {string} [labelId]
 */
export function fileInput(element, block, place, labelId) {
  /** @type {any[]} */
  const files = current(element, block, place) ?? [];
  const most = element.max_files ?? 10;
  /** @type {string[] | undefined} */
  const endings = element.filetypes;
  const put = (/** @type {any[]} */ value) => {
    enter(element, block, place, value);
    place.store.redraw();
  };
  const chooser = h('input', {
    type: 'file',
    class: 'file-chooser',
    accept: endings?.map((ending) => `.${ending}`).join(','),
    multiple: most - files.length > 1,
    'aria-labelledby': labelId,
    ...ids(element),
  });
  chooser.addEventListener('change', async () => {
    const chosen = [.../** @type {File[]} */ (chooser.files ?? [])];
    try {
      put([...files, ...(await attached(chosen, { endings, room: most - files.length }, place))]);
    } catch (error) {
      place.store.notify(error instanceof Error ? error.message : String(error));
    }
  });
  const rows = files.map((file) => {
    const remove = h('button', { type: 'button', class: 'icon-button', 'aria-label': `Remove ${file.name}` }, '✕');
    remove.addEventListener('click', () => put(files.filter((other) => other !== file)));
    return h('li', {}, h('span', {}, file.name), remove);
  });
  return h('div', { class: 'file-input' }, rows.length > 0 && h('ul', {}, rows), files.length < most && chooser);
}

/**
 * Uploads what was chosen, where the element takes it.
 * @param {File[]} chosen @param {{ endings: string[] | undefined, room: number }} limits @param {Place} place
 */
async function attached(chosen, { endings, room }, place) {
  if (chosen.length > room) throw new Error(`No more than ${room} can be attached here.`);
  const other = chosen.find(({ name }) => endings && !endings.includes(name.split('.').pop()?.toLowerCase() ?? ''));
  if (other) throw new Error(`${other.name} is not of the types ${endings?.join(', ')}.`);
  return Promise.all(chosen.map((file) => upload(place.store.as, file)));
}
