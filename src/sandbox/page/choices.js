// @ts-check
import { post } from './api.js';
import { filterChoices } from './combobox.js';
import { withEmoji } from './emoji.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./combobox.js').Choice} Choice
 * @typedef {import('./combobox.js').ChoiceGroup} ChoiceGroup
 */

/** @param {any} option Slack's option object @returns {Choice} */
function choiceOf(option) {
  const description = option.description && withEmoji(option.description.text);
  return {
    key: option.value,
    label: withEmoji(option.text.text),
    data: option,
    ...(description ? { description } : {}),
  };
}

/** @param {any} holder an element or an answer with `options` and `option_groups` @returns {ChoiceGroup[]} */
function groupsOf(holder) {
  const groups = (holder.option_groups ?? []).map((/** @type {any} */ group) => ({
    label: withEmoji(group.label.text),
    choices: group.options.map(choiceOf),
  }));
  const options = (holder.options ?? []).map(choiceOf);
  return options.length > 0 ? [{ label: null, choices: options }, ...groups] : groups;
}

/** @param {string} type @param {Store} store @returns {ChoiceGroup[]} */
function knownChoices(type, store) {
  if (type.includes('users')) {
    const choices = store.info.people.map((/** @type {any} */ one) => {
      return { key: one.id, label: one.realName, description: `@${one.handle}`, data: one.id };
    });
    return [{ label: null, choices }];
  }
  const choices = store.info.channels.map((/** @type {any} */ one) => {
    return { key: one.id, label: `# ${one.name}`, data: one.id };
  });
  return [{ label: null, choices }];
}

/**
 * How a select element finds its choices, and what it sends for a chosen one.
 * @param {any} element
 * @param {{ source: any, blockId: string }} where
 * @param {Store} store
 */
export function choicesFor(element, where, store) {
  const isExternal = element.type.includes('external');
  const isStatic = element.type.includes('static');
  const groups = isStatic ? groupsOf(element) : isExternal ? [] : knownChoices(element.type, store);
  const known = new Map(groups.flatMap((group) => group.choices).map((choice) => [choice.key, choice]));

  /** @param {string} query @returns {Promise<ChoiceGroup[]>} */
  const load = async (query) => {
    if (!isExternal) return filterChoices(groups, query);
    const body = { as: store.as, ...where, actionId: element.action_id, value: query };
    try {
      const answer = await post('suggest', body);
      if (answer.problem) await store.refresh();
      return groupsOf({ options: answer.options, option_groups: answer.optionGroups });
    } catch (error) {
      store.notify(error instanceof Error ? error.message : String(error));
      return [];
    }
  };

  /** @param {any} value an option object, an option's value, or an id @returns {Choice} */
  const read = (value) => {
    if (typeof value === 'object') return choiceOf(value);
    return known.get(value) ?? { key: value, label: value, data: value };
  };

  /** @param {Choice} choice */
  const write = (choice) => (isExternal ? choice.data : choice.key);
  return { load, read, write, isExternal };
}
