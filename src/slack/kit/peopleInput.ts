import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import type { Identity } from './identify.ts';
import { chosenOptions, typedText, type Values } from './payloads.ts';

/** People in one operation; more are loaded by import. */
export const MAX_PEOPLE = 10_000;

/** Unknown codes named in an error; the rest are counted. */
const CODES_NAMED = 10;

/**
 * Everybody who was chosen by search or whose code was pasted, each once. Codes of nobody, nobody at all, or too many
 * are told beside the input; what was typed stays as it is. So is, where they are refused, somebody who left. For forms
 * that ask for nothing but people and codes.
 */
export async function chosenPeople(
  engine: EngineContext,
  { actor, texts }: Identity,
  values: Values,
  inputs: { people: string; codes: string; refusesLeft?: boolean },
): Promise<{ userIds: number[] } | { errors: Record<string, string> }> {
  const chosen = chosenOptions(values, inputs.people).map(Number).filter(Number.isInteger);
  const pasted = typedText(values, inputs.codes)
    .split(/[\s,;]+/)
    .filter(Boolean);
  const { userIds, unknown } = await searchAs(engine, actor).peopleByCodes(pasted);
  if (unknown.length > 0) {
    const named = unknown
      .slice(0, CODES_NAMED)
      .map((code) => `“${code}”`)
      .join(', ');
    const more = unknown.length - Math.min(unknown.length, CODES_NAMED);
    return { errors: { [inputs.codes]: texts.assign.unknownCodes(named, more) } };
  }
  const everyone = [...new Set([...chosen, ...userIds])];
  if (everyone.length === 0) return { errors: { [inputs.people]: texts.assign.nobody } };
  if (everyone.length > MAX_PEOPLE) return { errors: { [inputs.codes]: texts.assign.tooMany(MAX_PEOPLE) } };
  const [left] = inputs.refusesLeft ? await searchAs(engine, actor).peopleWhoLeft(everyone, 1) : [];
  if (left) {
    const input = chosen.includes(left.userId) ? inputs.people : inputs.codes;
    return { errors: { [input]: texts.errors.person_left(left.name) } };
  }
  return { userIds: everyone };
}
