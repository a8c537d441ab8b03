import { SlackError } from '../api/errors.ts';
import { newShortId } from '../ids.ts';
import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { checkBlocks } from './blocks.ts';
import { plainText } from './composition.ts';
import { LIMITS } from './limits.ts';
import { all, also, flag, oneOf, Problems, type Rule, record, string } from './rules.ts';

const title = plainText(LIMITS.viewTitle);
const common = {
  private_metadata: string(LIMITS.privateMetadata, 0),
  callback_id: string(LIMITS.id, 0),
  external_id: string(LIMITS.id, 0),
};

const blocksRule: Rule = (value, at, problems) => checkBlocks(value, at, problems);

const inputNeedsSubmit: Rule = also((view, at, problems) => {
  const index = objectsOf(view.blocks).findIndex((block) => block.type === 'input');
  if (index >= 0 && !view.submit) {
    problems.add('must define `submit` to use an `input` block in modals', `${at}/blocks/${index}/input`);
  }
});

const modal = all(
  record(
    { type: oneOf('modal'), title, blocks: blocksRule },
    { ...common, submit: title, close: title, clear_on_close: flag, notify_on_close: flag, submit_disabled: flag },
  ),
  inputNeedsSubmit,
);
const home = record({ type: oneOf('home'), blocks: blocksRule }, common);

/** Checks a view as `views.*` do and returns it with all ids filled in. Throws a `SlackError`. */
export function validView(view: unknown, surface: 'modal' | 'home'): JsonObject {
  const problems = new Problems(surface);
  if (isObject(view) && Buffer.byteLength(JSON.stringify(view)) > LIMITS.viewBytes) {
    throw new SlackError('view_too_large');
  }
  (surface === 'modal' ? modal : home)(view, '/view', problems);
  if (problems.messages.length > 0) throw new SlackError('invalid_arguments', problems.messages);
  const content = view as JsonObject;
  return { ...content, blocks: completeBlocks(objectsOf(content.blocks)) };
}

/** Checks the blocks of a message and returns them with all ids filled in. Throws a `SlackError`. */
export function validMessageBlocks(blocks: unknown): JsonObject[] {
  const problems = new Problems('message');
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  checkBlocks(blocks, '/blocks', problems);
  if (problems.messages.length > 0) throw new SlackError('invalid_blocks', problems.messages);
  return completeBlocks(objectsOf(blocks));
}

/** Gives ids to blocks and elements that bring none and spells out `emoji`, as Slack does on the way back. */
function completeBlocks(blocks: JsonObject[]): JsonObject[] {
  return blocks.map((block) => {
    const completed = spellOut(block) as JsonObject;
    if (completed.block_id === undefined) completed.block_id = newShortId();
    const holders = block.type === 'rich_text' ? [] : objectsOf(completed.elements);
    for (const element of [completed.element, completed.accessory, ...holders].filter(isObject)) {
      const isText = ['plain_text', 'mrkdwn', 'image'].includes(String(element.type));
      if (!isText && element.action_id === undefined) element.action_id = newShortId();
    }
    return completed;
  });
}

function spellOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spellOut);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [name, property] of Object.entries(value)) {
    if (property !== null && property !== undefined) copy[name] = spellOut(property);
  }
  if (copy.type === 'plain_text' && copy.emoji === undefined) copy.emoji = true;
  if (copy.type === 'mrkdwn' && copy.verbatim === undefined) copy.verbatim = false;
  return copy;
}
