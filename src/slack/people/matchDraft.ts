import { z } from 'zod';
import type { PeopleMatch } from '../../engine/readModels/people.ts';

/** Names shown of each kind; the rest are counted. */
const NAMED = 10;

const Names = z.object({ names: z.array(z.string()), total: z.number().int() });

/** What a matching with Slack found, as it was shown: what is confirmed is written as it is. */
export const MatchDraft = z.object({
  linkKey: z.uuid(),
  leftKey: z.uuid(),
  links: z.array(z.object({ userId: z.number().int(), slackUserId: z.string() })),
  deactivated: z.array(z.number().int()),
  shown: z.object({
    links: Names,
    ambiguous: Names,
    taken: z.object({ names: z.array(z.tuple([z.string(), z.string()])), total: z.number().int() }),
    deactivated: Names,
  }),
});

export type MatchDraft = z.infer<typeof MatchDraft>;

/** The draft of what was found. */
export function matchDraftOf(match: PeopleMatch, keys: Pick<MatchDraft, 'linkKey' | 'leftKey'>): MatchDraft {
  const first = (people: readonly { name: string }[]) => ({
    ...{ names: people.slice(0, NAMED).map(({ name }) => name), total: people.length },
  });
  const taken = match.taken.slice(0, NAMED).map(({ name, owner }): [string, string] => [name, owner ?? '']);
  return {
    ...keys,
    links: match.links,
    deactivated: match.deactivated.map(({ userId }) => userId),
    shown: {
      links: first(match.names.map((name) => ({ name }))),
      ambiguous: first(match.ambiguous),
      taken: { names: taken, total: match.taken.length },
      deactivated: first(match.deactivated),
    },
  };
}
