import { INPUT_KINDS, type InputValue } from '../blocks/inputs.ts';
import type { JsonObject } from '../json.ts';
import type { WorkspaceInfo } from '../people/state.ts';
import { optionValue } from './place.ts';

/** The value a choice stands for in this element; people and channels may be told by name. */
export function chosenValue(element: JsonObject, wanted: string | string[] | null, info: WorkspaceInfo): InputValue {
  if (wanted === null) return null;
  const isMany = INPUT_KINDS[String(element.type)]?.isMany === true;
  if (isMany) return [wanted].flat().map((one) => single(element, one, info));
  if (Array.isArray(wanted)) throw new Error(`A ${String(element.type)} takes one choice`);
  return single(element, wanted, info);
}

function single(element: JsonObject, wanted: string, info: WorkspaceInfo): string {
  const type = String(element.type).replace('multi_', '');
  if (type === 'users_select') {
    const person = info.people.find((one) => [one.id, one.handle, one.realName].includes(wanted));
    return person?.id ?? wanted;
  }
  if (type === 'channels_select' || type === 'conversations_select') {
    return info.channels.find((channel) => channel.name === wanted)?.id ?? wanted;
  }
  if (type === 'external_select') throw new Error('An external select is chosen from with pick()');
  if (type === 'datepicker' || type === 'timepicker' || type === 'datetimepicker') return wanted;
  const value = optionValue(element, wanted);
  if (value === undefined) throw new Error(`${String(element.action_id)} offers no option "${wanted}"`);
  return value;
}
