import { isEmptyValue } from '../blocks/state.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';

/** What the client itself refuses before it sends a submission, by block_id. */
export function inputErrors(blocks: JsonObject[], values: JsonObject): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    const { element } = block;
    if (block.type !== 'input' || !isObject(element)) continue;
    const blockId = stringOf(block.block_id) ?? '';
    const ofBlock = values[blockId];
    const value = isObject(ofBlock) ? ofBlock[String(element.action_id)] : undefined;
    const problem = isEmptyValue(element, value)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : formProblem(element, isObject(value) ? String(value.value ?? '') : '');
    if (problem) errors[blockId] = problem;
  }
  return errors;
}

function formProblem(element: JsonObject, value: string): string | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return lengthProblem(element, value);
    case 'number_input':
      return numberProblem(element, value);
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(value) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/.test(value) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

function lengthProblem(element: JsonObject, value: string): string | undefined {
  const min = Number(element.min_length ?? 0);
  const max = Number(element.max_length ?? 3000);
  if (value.length < min) return `Please enter at least ${min} characters.`;
  if (value.length > max) return `Please enter no more than ${max} characters.`;
  return undefined;
}

function numberProblem(element: JsonObject, value: string): string | undefined {
  const number = Number(value);
  if (!Number.isFinite(number)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (number < Number(element.min_value ?? Number.NEGATIVE_INFINITY)) {
    return `Please enter ${String(element.min_value)} or more.`;
  }
  if (number > Number(element.max_value ?? Number.POSITIVE_INFINITY)) {
    return `Please enter ${String(element.max_value)} or less.`;
  }
  return undefined;
}
