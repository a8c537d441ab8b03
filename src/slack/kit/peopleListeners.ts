import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from './blocks.ts';
import type { FeatureKit } from './feature.ts';
import type { PeopleInputIds } from './ids.ts';

/** Answers the search boxes of structures and groups in a form of people that takes or gives a package. */
export function listenToPeople(
  { engine, listeners }: Pick<FeatureKit, 'engine' | 'listeners'>,
  inputs: PeopleInputIds,
): void {
  listeners.suggestions(inputs.structures, async ({ actor }, text) => {
    requireMay(actor, 'assign_packages');
    const { structures } = await searchAs(engine, actor).structures(text, { offset: 0, limit: 100 });
    return structures.map(({ id, code, name }) => option(`${code} · ${name}`, String(id)));
  });
  listeners.suggestions(inputs.groups, async ({ actor }, text) => {
    requireMay(actor, 'assign_packages');
    const groups = await searchAs(engine, actor).groups(text, 100);
    return groups.map(({ id, code, name }) => option(`${code} · ${name}`, String(id)));
  });
}
