import fc from 'fast-check';
import { SYNC_CONTROLS, type SyncControl } from '../../src/engine/core/cellChoices.ts';
import { PERMISSIONS } from './world.ts';

/** Packages, people and levels of the organization that random sequences of operations are about. */
export const NUMBERS = [1, 2, 3];
export const PEOPLE = ['M0', 'M1', 'M2', 'M3'];
export const FOUNDER = PEOPLE.length;
export const LEVELS = [['view', 'edit', 'admin'], ['view', 'enter'], ['granted']] as const;

/** Mostly the same package and the same people: what happened to a row before is what makes its next change interesting. */
const aNumber = fc.constantFrom(1, 1, 1, 1, 2, 2, 3);
const aPermission = fc.nat(PERMISSIONS.length - 1);
const aPerson = fc.constantFrom(0, 0, 1, 1, 2, 3, FOUNDER);
const people = fc.uniqueArray(aPerson, { minLength: 1, maxLength: 4 });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const step = <Kind extends string, T extends object>(kind: Kind, rest: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record({ ...rest }).map((drawn) => ({ kind, ...(drawn as T) }));

/** One thing that somebody does; numbers stand for people and permissions. */
const aStep = fc.oneof(
  step('assign', { number: aNumber, people, seed: fc.nat(7) }),
  step('assign', { number: aNumber, people, seed: fc.nat(7) }),
  step('unassign', { number: aNumber, people, restore: fc.boolean(), handOver: fc.boolean() }),
  step('sync', {
    ...{ number: aNumber, permission: maybe(aPermission), person: maybe(aPerson) },
    control: fc.constantFrom(...(Object.keys(SYNC_CONTROLS) as SyncControl[])),
  }),
  step('sync', {
    number: aNumber,
    permission: fc.constant(null),
    person: fc.constant(null),
    control: fc.constant('defaults' as const),
  }),
  step('remove', { number: aNumber, permission: aPermission, seed: fc.nat(7) }),
  step('define', {
    number: aNumber,
    permission: aPermission,
    level: fc.nat(2),
    wide: fc.boolean(),
    readd: fc.boolean(),
  }),
  step('state', { number: aNumber, state: fc.constantFrom('active' as const, 'disabled' as const, 'active' as const) }),
  step('grant', {
    ...{ person: aPerson, permission: aPermission, level: fc.nat(2), wide: fc.boolean() },
    change: fc.constantFrom('set' as const, 'set' as const, 'disable' as const, 'enable' as const),
  }),
  step('profile', { person: aPerson, has: fc.boolean() }),
  step('undo', { back: fc.nat(4) }),
  step('undo', { back: fc.nat(2) }),
);
export type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

/** What seldom comes about by chance: the package takes over what was set by hand, is changed, synced, and taken away. */
const aStory = fc
  .record({ person: fc.nat(1), permission: fc.nat(1), level: fc.nat(2), wide: fc.boolean(), handOver: fc.boolean() })
  .map(({ person, permission, level, wide, handOver }): Step[] => {
    const cell = { number: 1, permission } as const;
    // The seed with which the cell is one of those that are drawn
    const seed = (3 - ((person * 3 + permission * 5) % 3)) % 3;
    return [
      { kind: 'grant', person, permission, level, wide, change: 'set' },
      { kind: 'assign', number: 1, people: [person], seed },
      { kind: 'define', ...cell, level: level + 1, wide: !wide, readd: false },
      { kind: 'sync', ...cell, person: null, control: 'defaults' },
      { kind: 'unassign', number: 1, people: [person], restore: true, handOver },
    ];
  });
export const steps = fc
  .array(fc.oneof({ weight: 8, arbitrary: aStep.map((one): Step[] => [one]) }, { weight: 1, arbitrary: aStory }), {
    ...{ minLength: 15, maxLength: 40, size: 'max' },
  })
  .map((parts) => parts.flat());

/** Some cells, drawn by a seed: those whose numbers add up to a third of something. */
export const drawn = (seed: number, person: number, permission: number) =>
  (person * 3 + permission * 5 + seed) % 3 === 0;
export const levelOf = (permission: number, level: number) => {
  const levels = LEVELS[permission] ?? LEVELS[0];
  return levels[level % levels.length] ?? levels[0];
};
export const paramOf = (permission: number, wide: boolean) => (permission === 2 ? '' : wide ? '*' : 'REG');
