import { EngineError } from '../../engine/errors.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { type Person, searchAs } from '../../engine/readModels/search.ts';
import type { Identity } from './identify.ts';

/** Slack's form of a mention: `<@U123>` or `<@U123|name>`. */
const MENTION = /<@([A-Z0-9]+)(?:\|[^>]*)?>/;

/** Splits `1 <@U123|ana>` or `1 P1002` at the person; without a mention the whole text stands before. */
export function splitMention(text: string): { before: string; mention: string | null } {
  const found = MENTION.exec(text);
  return found
    ? { before: text.slice(0, found.index).trim(), mention: found[0] }
    : { before: text.trim(), mention: null };
}

/**
 * Splits `1 <@U123|ana>` or `1 P1002` at the person, where there may be none: only what follows a number alone is a
 * personal code, since a package can be named in several words.
 */
export function splitPackageAndPerson(text: string): { pack: string; person: string | null } {
  const { before, mention } = splitMention(text);
  const [, number, code] = /^(\d+)\s+(\S+)$/.exec(before) ?? [];
  return mention === null && number && code ? { pack: number, person: code } : { pack: before, person: mention };
}

/** Takes the person out of `<@U123|ana> registry`; what stood around the mention stays. */
export function withoutMention(text: string): { mention: string | null; rest: string } {
  const mention = MENTION.exec(text)?.[0] ?? null;
  return { mention, rest: (mention ? text.replace(mention, ' ') : text).trim() };
}

/** The people in `<@U123|ana> P1002`: mentions and personal codes, in their order. */
export function splitPeople(text: string): string[] {
  return text.match(/<@[A-Z0-9]+(?:\|[^>]*)?>|\S+/g) ?? [];
}

/**
 * The person behind a mention or a personal code.
 * @throws EngineError `user_not_found`.
 */
export async function findMentioned(engine: EngineContext, { actor }: Identity, wanted: string): Promise<Person> {
  const slackUserId = MENTION.exec(wanted)?.[1];
  const by = slackUserId ? { slackUserId } : { code: wanted.trim() };
  const person = await searchAs(engine, actor).person(by);
  if (!person) throw new EngineError('user_not_found', { wanted: slackUserId ? `<@${slackUserId}>` : wanted });
  return person;
}
