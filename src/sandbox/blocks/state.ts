import { isObject, type JsonObject, stringOf } from '../json.ts';
import { INPUT_KINDS, type InputValue, type Mounts, optionsOf, placedElements } from './inputs.ts';

/** What a client sends: the inputs a person has touched, by block_id and action_id. */
export type EnteredState = Record<string, Record<string, InputValue>>;

/** A value that the element cannot hold, such as an option it does not offer. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

/** A person's own file by its id, as the Web API shows it. */
export type FileOf = (id: string) => JsonObject | undefined;

/** Files that a file input takes where it does not say how many. */
const MOST_FILES = 10;

/** The complete `state.values`: what was entered, else what the input was mounted with, else null. */
export function stateValues(blocks: JsonObject[], mounts: Mounts, entered: EnteredState, fileOf: FileOf): JsonObject {
  const values: Record<string, JsonObject> = {};
  for (const { blockId, actionId, element } of placedElements(blocks)) {
    if (!INPUT_KINDS[String(element.type)]) continue;
    const touched = entered[blockId]?.[actionId];
    const value = touched === undefined ? (mounts[blockId]?.[actionId]?.initial ?? null) : touched;
    const ofBlock = values[blockId] ?? {};
    values[blockId] = ofBlock;
    ofBlock[actionId] = { type: element.type, ...valueFields(element, value, fileOf) };
  }
  return values;
}

/** The one field, such as `selected_option`, that carries an element's value in Slack's payloads. */
export function valueFields(element: JsonObject, value: InputValue, fileOf: FileOf): JsonObject {
  const kind = INPUT_KINDS[String(element.type)];
  if (!kind) throw new InvalidInput(`A ${String(element.type)} holds no value`);
  if (kind.isMany) {
    const list = value === null ? [] : Array.isArray(value) ? value : [value as string | JsonObject];
    if (kind.holds === 'file') return { [kind.field]: attachedFiles(element, list, fileOf) };
    return { [kind.field]: list.map((item) => single(element, kind.holds, item)) };
  }
  if (Array.isArray(value)) throw new InvalidInput(`A ${String(element.type)} holds one value, not a list`);
  return { [kind.field]: value === null || value === '' ? null : single(element, kind.holds, value) };
}

/** Whether a value of `state.values` counts as not filled in. */
export function isEmptyValue(element: JsonObject, stateValue: unknown): boolean {
  const kind = INPUT_KINDS[String(element.type)];
  if (!kind || !isObject(stateValue)) return true;
  const value = stateValue[kind.field];
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function single(element: JsonObject, holds: string, value: string | number | JsonObject): unknown {
  if (holds === 'option') {
    const wanted = isObject(value) ? value.value : value;
    const found = optionsOf(element).find((candidate) => candidate.value === wanted);
    if (!found) throw new InvalidInput(`${String(element.action_id)} offers no option "${String(wanted)}"`);
    return found;
  }
  if (holds === 'external') {
    if (!isObject(value) || stringOf(value.value) === undefined || !isObject(value.text)) {
      throw new InvalidInput(`${String(element.action_id)} needs a whole option as the app has suggested it`);
    }
    return value;
  }
  if (holds === 'number') return Number(value);
  if (holds === 'richText') return isObject(value) ? value : richTextOf(String(value));
  if (isObject(value)) throw new InvalidInput(`${String(element.action_id)} needs a text, not an object`);
  return String(value);
}

/** The files of a file input, looked up by id: what the client says of them beside it counts for nothing. */
function attachedFiles(element: JsonObject, list: readonly (string | JsonObject)[], fileOf: FileOf): JsonObject[] {
  const most = Number(element.max_files ?? MOST_FILES);
  if (list.length > most) throw new InvalidInput(`${String(element.action_id)} takes no more than ${most} files`);
  const endings = Array.isArray(element.filetypes) ? element.filetypes.map((one) => String(one).toLowerCase()) : null;
  return list.map((item) => {
    const file = fileOf(String(isObject(item) ? item.id : item));
    if (!file) throw new InvalidInput(`${String(element.action_id)} holds a file that this person has not attached`);
    const name = String(file.name);
    const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    if (endings && !endings.includes(ending))
      throw new InvalidInput(`${name} is not of the types ${endings.join(', ')}`);
    return file;
  });
}

function richTextOf(text: string): JsonObject {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}
