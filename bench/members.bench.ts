import { listMembers } from '../src/engine/readModels/packages.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { compare } from './support/compare.ts';
import { LARGE_PACKAGE, SMALL_PACKAGE } from './support/world.ts';

const LIMIT = 20;

/** A page of 20 members with all their statuses: what it costs must not depend on how many members there are. */
export const members: Bench = {
  name: 'members',
  async run(context) {
    const middle = Math.floor(context.options.members / 2);
    const page = (number: number, text: string, offset: number) => () => listPage(context, number, text, offset);
    const cases = [
      { label: 'first page', run: page(LARGE_PACKAGE, '', 0) },
      { label: 'page in the middle', run: page(LARGE_PACKAGE, '', middle) },
      { label: 'search by a name', run: page(LARGE_PACKAGE, 'garcia', 0) },
      { label: 'search by two words', run: page(LARGE_PACKAGE, 'greta garcia', 0) },
      { label: 'search that everybody fits', run: page(LARGE_PACKAGE, 'city.example', 0) },
    ];
    const measured = [];
    for (const { label, run } of cases) {
      measured.push(
        await compare({
          label: `members, ${label}`,
          baseline: { label: 'first page of 100 members', run: page(SMALL_PACKAGE, '', 0) },
          subject: { label: `of ${context.options.members} members`, run },
          rounds: context.options.rounds * 12,
          // Both are pages of 20 with every status; whose they are differs
          result: (given) => (given as number[]).length,
          rows: LIMIT,
          goal: { ratio: 1.5, ms: 10 },
        }),
      );
    }
    return measured;
  },
};

/** How many statuses each person of the page has. */
async function listPage(
  { engine, actor }: BenchContext,
  number: number,
  text: string,
  offset: number,
): Promise<number[]> {
  const found = await listMembers(engine, actor, number, { state: 'active', text, offset, limit: LIMIT });
  return found.members.map(({ statuses }) => statuses.length);
}
