import { describe, expect, it } from 'vitest';
import { type AccessFacts, effectiveAccess } from '../../../src/engine/core/effectiveAccess.ts';
import {
  type GrantChange,
  type HoldingPackage,
  type ManualGrantFacts,
  offeredChanges,
  planManualGrant,
  switchedChange,
} from '../../../src/engine/core/manualGrant.ts';
import { type AuthorizationRow, classifyStatus } from '../../../src/engine/core/status.ts';
import { everyRow } from '../../support/statusFacts.ts';

const LEVELS = ['view', 'edit', 'admin'];
const reader = { name: 'Reader', value: 'view', param: '' };
const rota = { name: 'Rota', value: 'edit', param: '' };

const nothing: AccessFacts = {
  founder: false,
  full: { value: 'admin', param: '*' },
  row: null,
  sourceState: 'active',
  profile: null,
  rule: null,
};

function holding(change: Partial<HoldingPackage> = {}): HoldingPackage {
  return {
    name: 'Clerk',
    package: { number: 1, state: 'active' },
    left: null,
    assignment: 'active',
    permission: { live: true, value: 'edit', param: 'REG' },
    ...change,
  };
}

function factsOf(access: Partial<AccessFacts>, change: Partial<ManualGrantFacts> = {}): ManualGrantFacts {
  return {
    user: 'Person ANA',
    permission: 'Student Registry · Student records',
    levels: LEVELS,
    access: { ...nothing, ...access },
    packages: [],
    application: { isMain: false, hasMain: true, mainHeld: true, othersHeld: true },
    ...change,
  };
}

const own = (value: string, param = 'REG'): AuthorizationRow => ({ active: true, value, param, packageNumber: 1 });
const byHand = (value: string, param = 'REG'): AuthorizationRow => ({ ...own(value, param), packageNumber: null });
const inactive = (
  reason: 'manual' | 'unassignment' | 'removal',
  packageNumber: number | null = 1,
): AuthorizationRow => ({
  ...{ active: false, value: 'edit', param: 'REG', packageNumber, reason },
});
const set = (value: string, param = 'REG'): GrantChange => ({ kind: 'set', value, param });
const disable: GrantChange = { kind: 'disable' };
const enable: GrantChange = { kind: 'enable' };

describe('what is written', () => {
  it.each<[string, Partial<AccessFacts>, GrantChange, AuthorizationRow]>([
    ['a grant where there is no row', {}, set('edit'), byHand('edit')],
    ['another value of a manual row', { row: byHand('view') }, set('edit'), byHand('edit')],
    ['another parameter', { row: byHand('edit') }, set('edit', '*'), byHand('edit', '*')],
    ['the same value as a package gives', { row: own('edit') }, set('edit'), byHand('edit')],
    ['a value over a disabled row', { row: inactive('manual', null) }, set('view'), byHand('view')],
    ['a disable that keeps value and parameter', { row: own('edit') }, disable, inactive('manual', null)],
    [
      'a disable of a row that waits for its package',
      { row: inactive('unassignment') },
      disable,
      inactive('manual', null),
    ],
    [
      'a deny with the lowest level where there is no row',
      { profile: reader },
      disable,
      { active: false, value: 'view', param: '', packageNumber: null, reason: 'manual' },
    ],
    ['an enable of a row disabled by hand', { row: inactive('manual', null) }, enable, byHand('edit')],
    ['an enable of an unassigned row', { row: inactive('unassignment') }, enable, byHand('edit')],
    ['an enable of a removed row', { row: inactive('removal') }, enable, byHand('edit')],
  ])('is %s', (_name, access, change, row) => {
    expect(planManualGrant(factsOf(access), change).row).toEqual(row);
  });

  it.each<[string, string, Partial<AccessFacts>, GrantChange]>([
    ['a founder, whatever is asked', 'founder_untouchable', { founder: true }, set('edit')],
    ['a founder’s disable', 'founder_untouchable', { founder: true, row: own('edit') }, disable],
    ['the same value and parameter by hand', 'nothing_changed', { row: byHand('edit') }, set('edit')],
    ['a second disable', 'nothing_changed', { row: inactive('manual', null) }, disable],
    ['an enable of an active row', 'nothing_changed', { row: own('edit') }, enable],
    ['an enable of nothing', 'nothing_to_enable', {}, enable],
  ])('is nothing for %s', (_name, code, access, change) => {
    expect(() => planManualGrant(factsOf(access), change)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the effective access, before and after', () => {
  it.each<[string, Partial<AccessFacts>, GrantChange, string | null, string | null, boolean]>([
    ['nothing becomes a grant', {}, set('edit'), null, 'manual', true],
    [
      'a package’s becomes manual, the access being the same',
      { row: own('edit') },
      set('edit'),
      'package:1',
      'manual',
      false,
    ],
    ['a parameter is a change too', { row: own('edit') }, set('edit', '*'), 'package:1', 'manual', true],
    [
      'a suspended package gives nothing',
      { row: own('edit'), sourceState: 'disabled' },
      set('edit'),
      null,
      'manual',
      true,
    ],
    ['a deny outdoes profile and rule', { profile: reader, rule: rota }, disable, 'profile:Reader', null, true],
    ['a deny of nothing changes nothing', {}, disable, null, null, false],
    ['an enable outdoes the rule', { row: inactive('removal'), rule: rota }, enable, 'rule:Rota', 'manual', true],
  ])('%s', (_name, access, change, before, after, changes) => {
    const plan = planManualGrant(factsOf(access), change);
    expect([plan.before?.source ?? null, plan.after?.source ?? null]).toEqual([before, after]);
    expect(plan.accessChanges).toBe(changes);
  });

  it('are what the one rule of effective access says, for every row and every change', () => {
    let plans = 0;
    for (const row of everyRow()) {
      for (const change of [set('edit'), set('view', '*'), disable, enable]) {
        const access = { ...nothing, row, profile: reader };
        const plan = tryPlan(factsOf(access), change);
        if (!plan) continue;
        plans += 1;
        expect(plan.before).toEqual(effectiveAccess(access));
        expect(plan.after).toEqual(effectiveAccess({ ...access, row: plan.row }));
        expect(plan.row).toMatchObject({ packageNumber: null, active: change.kind !== 'disable' });
      }
    }
    expect(plans).toBeGreaterThan(150);
  });

  it('name what a deny blocks, and nothing where there is a grant', () => {
    expect(planManualGrant(factsOf({ profile: reader, rule: rota }), disable).blocked).toEqual({
      profile: reader,
      rule: rota,
    });
    expect(planManualGrant(factsOf({ profile: reader }), set('edit')).blocked).toEqual({ profile: null, rule: null });
  });
});

describe('what each package shows afterwards', () => {
  it.each<[string, Partial<AccessFacts>, GrantChange, Partial<HoldingPackage>, string, string | null]>([
    ['another value', { row: own('edit') }, set('view'), {}, 'divergent_manual', 'value'],
    ['another parameter', { row: own('edit') }, set('edit', '*'), {}, 'divergent_manual', 'param'],
    ['both', { row: own('edit') }, set('view', '*'), {}, 'divergent_manual', 'all'],
    ['the same', {}, set('edit'), {}, 'manual_coincident', null],
    ['a disable', { row: own('edit') }, disable, {}, 'disabled_manual', null],
    [
      'a disable of a removed permission',
      { row: own('edit') },
      disable,
      { permission: { live: false, value: 'edit', param: 'REG' } },
      'archived',
      null,
    ],
    [
      'a grant of a removed permission',
      {},
      set('view'),
      { permission: { live: false, value: 'edit', param: 'REG' } },
      'active_manual',
      null,
    ],
    ['a grant to a former member', {}, set('edit'), { assignment: 'former' }, 'manual_coincident', null],
  ])('for %s', (_name, access, change, pack, kind, divergence) => {
    const { packages } = planManualGrant(factsOf(access, { packages: [holding(pack)] }), change);
    expect(packages.map(({ after }) => [after.kind, after.divergence])).toEqual([[kind, divergence]]);
    for (const { before, after, factsBefore, factsAfter } of packages) {
      expect(before).toEqual(classifyStatus(factsBefore));
      expect(after).toEqual(classifyStatus(factsAfter));
    }
  });

  it('is told for every package, each by its own values', () => {
    const second = holding({ name: 'Dean', package: { number: 2, state: 'disabled' } });
    const third = { ...second, permission: { live: true, value: 'view', param: 'REG' } };
    const { packages } = planManualGrant(factsOf({ row: own('edit') }, { packages: [holding(), third] }), set('view'));
    expect(packages.map(({ name, before, after }) => [name, before.kind, after.kind])).toEqual([
      ['Clerk', 'active', 'divergent_manual'],
      ['Dean', 'other_package', 'manual_coincident'],
    ]);
  });
});

describe('the warning that MAIN is missing', () => {
  const application = { isMain: false, hasMain: true, mainHeld: false, othersHeld: false };
  it.each<[string, GrantChange, Partial<typeof application>, AuthorizationRow | null, boolean]>([
    ['a grant of something else', set('edit'), {}, null, true],
    ['a grant of MAIN itself', set('edit'), { isMain: true }, null, false],
    ['a grant beside MAIN', set('edit'), { mainHeld: true, othersHeld: true }, null, false],
    ['a disable of MAIN, others being held', disable, { isMain: true, othersHeld: true }, own('edit'), true],
    ['a disable of MAIN, nothing else being held', disable, { isMain: true }, own('edit'), false],
    ['a disable of the last thing held', disable, {}, own('edit'), false],
    ['a grant where the application has no MAIN', set('edit'), { hasMain: false }, null, false],
  ])('after %s', (_name, change, more, row, expected) => {
    const facts = factsOf({ row }, { application: { ...application, ...more } });
    expect(planManualGrant(facts, change).lacksMain).toBe(expected);
  });
});

describe('the hash of a plan', () => {
  it('is the same for the same facts, and another where anything that was shown differs', () => {
    const facts = (change: Partial<ManualGrantFacts> = {}, access: Partial<AccessFacts> = {}) =>
      factsOf({ row: own('edit'), ...access }, { packages: [holding()], ...change });
    const hash = planManualGrant(facts(), disable).hash;
    expect(planManualGrant(facts(), disable).hash).toBe(hash);
    const others = [
      facts({}, { row: own('view') }),
      facts({}, { row: own('edit', '*') }),
      facts({}, { row: byHand('edit') }),
      facts({}, { profile: reader }),
      facts({}, { sourceState: 'disabled' }),
      facts({ packages: [] }),
      facts({ packages: [holding({ assignment: 'former' })] }),
      facts({ packages: [holding({ package: { number: 1, state: 'disabled' } })] }),
      facts({ packages: [holding({ permission: { live: true, value: 'view', param: 'REG' } })] }),
      facts({ application: { isMain: true, hasMain: true, mainHeld: false, othersHeld: true } }),
    ].map((each) => planManualGrant(each, disable).hash);
    expect(new Set([hash, ...others, planManualGrant(facts(), set('view')).hash]).size).toBe(others.length + 2);
  });
});

describe('what is offered', () => {
  const levels = { levels: LEVELS, scope: 'structures' as const };
  const plain = { levels: ['edit'], scope: 'none' as const };
  it.each<[string, Partial<AccessFacts>, typeof levels | typeof plain, string]>([
    ['to a founder', { founder: true }, levels, ''],
    ['where there is nothing', {}, levels, 'set disable'],
    ['of a manual row', { row: byHand('edit') }, levels, 'set disable'],
    ['of a row disabled by hand', { row: inactive('manual', null) }, levels, 'set enable'],
    ['of an unassigned row', { row: inactive('unassignment') }, levels, 'set disable enable'],
    ['of a plain switch that is on by hand', { row: byHand('edit', '') }, plain, 'disable'],
    ['of a plain switch that a package turned on', { row: own('edit', '') }, plain, 'set disable'],
    ['of a plain switch that is disabled', { row: inactive('manual', null) }, plain, 'enable'],
    [
      'of a row whose value is no level any more',
      { row: inactive('manual', null) },
      { ...plain, levels: ['on'] },
      'set',
    ],
  ])('%s', (_name, access, terms, expected) => {
    const offered = offeredChanges({ ...nothing, ...access }, terms);
    const kinds = (['set', 'disable', 'enable'] as const).filter((kind) => offered[kind]);
    expect(kinds.join(' ')).toBe(expected);
  });

  it('changes something, for every row', () => {
    for (const row of everyRow()) {
      const access = { ...nothing, row };
      const offered = offeredChanges(access, levels);
      for (const change of [disable, enable]) {
        const plans = tryPlan(factsOf(access), change) !== null;
        if (offered[change.kind]) expect(plans).toBe(true);
      }
    }
  });

  it('turns a single switch off where there is access, on where there is none', () => {
    const kindOf = (access: Partial<AccessFacts>) => switchedChange({ ...nothing, ...access }, plain);
    expect(kindOf({ rule: rota })).toBe('disable');
    expect(kindOf({ row: own('edit', '') })).toBe('disable');
    expect(kindOf({ row: own('edit', ''), sourceState: 'disabled' })).toBe('set');
    expect(kindOf({ row: inactive('manual', null), rule: rota })).toBe('enable');
    expect(kindOf({})).toBe('set');
  });
});

function tryPlan(facts: ManualGrantFacts, change: GrantChange) {
  try {
    return planManualGrant(facts, change);
  } catch {
    return null;
  }
}
