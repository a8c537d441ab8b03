import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessFacts, effectiveAccess } from '../../../src/engine/core/effectiveAccess.ts';
import { accessVerdict, explainPermission } from '../../../src/engine/core/explainAccess.ts';

const value = fc.constantFrom('view', 'edit');
const grant = fc.record({ name: fc.constant('G'), value, param: fc.constant('') });
const packageNumber = fc.option(fc.constantFrom(1, 2));
const row = fc.oneof(
  fc.record({ active: fc.constant(true as const), value, param: fc.constant(''), packageNumber }),
  fc.record({
    ...{ active: fc.constant(false as const), value, param: fc.constant(''), packageNumber },
    reason: fc.constantFrom('manual' as const, 'unassignment' as const, 'removal' as const),
  }),
);
const offer = (number: number) =>
  fc.record({
    ...{ number: fc.constant(number), name: fc.constant(`Package ${number}`), live: fc.boolean() },
    state: fc.constantFrom('active' as const, 'disabled' as const),
    assignment: fc.constantFrom('active' as const, 'former' as const, null),
    ...{ value, param: fc.constant('') },
  });
const situation = fc.tuple(
  fc.record({
    ...{ founder: fc.boolean(), full: fc.constant({ value: 'edit', param: '' }), row: fc.option(row) },
    sourceState: fc.constantFrom('active' as const, 'disabled' as const),
    ...{ profile: fc.option(grant), rule: fc.option(grant) },
  }),
  fc.tuple(offer(1), offer(2)),
);

describe('the explanation of a permission', () => {
  it('says what would give it, wherever nobody has it, and never contradicts effective access', () => {
    fc.assert(
      fc.property(situation, ([facts, packages]) => {
        const { effective, points } = explainPermission(facts as AccessFacts, packages);
        expect(effective).toEqual(effectiveAccess(facts as AccessFacts));
        if (!effective) expect(points.length).toBeGreaterThan(0);
        if (facts.founder) expect(points).toEqual([]);
      }),
    );
  });

  it('asks for a sync only where the package is active, the person a member, and the permission live', () => {
    fc.assert(
      fc.property(situation, ([facts, packages]) => {
        const { points } = explainPermission(facts as AccessFacts, packages);
        for (const point of points) {
          if (point.kind !== 'divergent' && point.kind !== 'not_given') continue;
          const pack = packages.find(({ number }) => number === point.package.number);
          expect(pack).toMatchObject({ state: 'active', assignment: 'active', live: true });
        }
      }),
    );
  });
});

describe('the verdict', () => {
  const has = { value: 'view', param: '', source: 'manual' };
  it.each([
    ['founder', true, []],
    ['nothing', false, [{ main: true, effective: null }]],
    ['nothing', false, []],
    [
      'main_missing',
      false,
      [
        { main: true, effective: null },
        { main: false, effective: has },
      ],
    ],
    [
      'open',
      false,
      [
        { main: true, effective: has },
        { main: false, effective: null },
      ],
    ],
    ['open', false, [{ main: false, effective: has }]],
  ] as const)('is %s', (verdict, founder, permissions) => {
    expect(accessVerdict(founder, permissions)).toBe(verdict);
  });
});
