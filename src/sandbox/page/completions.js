// @ts-check

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {{ text: string, description: string, replaces: [number, number], isSure: boolean }} Completion
 */

const MOST_PEOPLE = 8;

/**
 * What fits at the caret: commands at the start of the text, people after an at sign.
 * @param {string} text @param {number} caret @param {Store} store @returns {Completion[]}
 */
export function completionsFor(text, caret, store) {
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(text.slice(0, caret));
  if (mention) return peopleFor(mention[1] ?? '', caret, store);
  if (!text.startsWith('/') || text.includes('\n')) return [];
  const typed = text.toLowerCase().trimEnd();
  const commands = store.info.commands.map((/** @type {any} */ one) => {
    return { text: one.command, description: [one.usageHint, one.description].filter(Boolean).join(' — ') };
  });
  const all = [...commands, ...store.info.commands.flatMap((/** @type {any} */ one) => one.completions)];
  return all
    .filter((one) => one.text.toLowerCase().startsWith(typed) && one.text.toLowerCase() !== typed)
    .map((one) => ({ text: one.text, description: one.description, replaces: [0, text.length], isSure: false }));
}

/** @param {string} typed @param {number} caret @param {Store} store @returns {Completion[]} */
function peopleFor(typed, caret, store) {
  const wanted = typed.toLowerCase();
  // Who begins with what was typed comes before who merely contains it.
  const rank = (/** @type {any} */ one) =>
    [one.handle, one.realName].some((name) => name.toLowerCase().startsWith(wanted)) ? 0 : 1;
  return store.info.people
    .filter((/** @type {any} */ one) => `${one.handle} ${one.realName}`.toLowerCase().includes(wanted))
    .filter((/** @type {any} */ one) => one.handle.toLowerCase() !== wanted)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => rank(a) - rank(b))
    .slice(0, MOST_PEOPLE)
    .map((/** @type {any} */ one) => ({
      text: `@${one.handle}`,
      description: one.title ? `${one.realName} · ${one.title}` : one.realName,
      replaces: [caret - typed.length - 1, caret],
      isSure: true,
    }));
}
