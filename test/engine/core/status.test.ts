import { describe, expect, it } from 'vitest';
import { type AuthorizationRow, classifyStatus, type StatusFacts } from '../../../src/engine/core/status.ts';
import type { StatusKind } from '../../../src/engine/core/statusTable.ts';
import { everyCombinationOfFacts } from '../../support/statusFacts.ts';

const member: StatusFacts = {
  founder: false,
  left: null,
  package: { number: 1, state: 'active' },
  assignment: 'active',
  permission: { live: true, value: 'view', param: 'REG' },
  row: null,
  profile: null,
  rule: null,
};
const reader = { name: 'Reader', value: 'view', param: '' };

function held(change: Partial<Extract<AuthorizationRow, { active: true }>> = {}): AuthorizationRow {
  return { active: true, value: 'view', param: 'REG', packageNumber: 1, ...change };
}

function inactive(reason: 'manual' | 'unassignment' | 'removal'): AuthorizationRow {
  return { active: false, value: 'view', param: 'REG', packageNumber: 1, reason };
}

const removed = { permission: { live: false, value: 'view', param: 'REG' } };

type Example = [row: number, kind: StatusKind, syncable: boolean, name: string, facts: Partial<StatusFacts>];

const EXAMPLES: Example[] = [
  [1, 'founder', false, 'a founder, whatever rows there are', { founder: true, row: held({ packageNumber: 2 }) }],
  [2, 'other_package', false, 'a row of package 2', { row: held({ packageNumber: 2 }) }],
  [3, 'active_legacy', false, 'kept when the permission was removed', { ...removed, row: held() }],
  [4, 'active', false, 'the same value and parameter', { row: held() }],
  [5, 'divergent', true, 'own row with another value', { row: held({ value: 'edit' }) }],
  [
    6,
    'active_manual',
    false,
    'a manual row of a removed permission',
    { ...removed, row: held({ packageNumber: null }) },
  ],
  [7, 'manual_coincident', true, 'a manual row with the same value', { row: held({ packageNumber: null }) }],
  [8, 'divergent_manual', true, 'a manual row that differs', { row: held({ packageNumber: null, param: '*' }) }],
  [
    9,
    'disabled_manual',
    true,
    'disabled by hand, though a profile would give it',
    { row: inactive('manual'), profile: reader },
  ],
  [9, 'archived', false, 'disabled by hand and removed from the package', { ...removed, row: inactive('manual') }],
  [10, 'profile', true, 'a profile, stronger than a rule', { profile: reader, rule: { ...reader, name: 'Rota' } }],
  [11, 'rule', true, 'a rule', { rule: { ...reader, name: 'Rota' } }],
  [12, 'archived', false, 'an inactive row of a removed permission', { ...removed, row: inactive('unassignment') }],
  [13, 'disabled_assignment', false, 'a former member', { assignment: 'former', row: inactive('unassignment') }],
  [14, 'not_granted', true, 'no row at all', {}],
  [14, 'not_granted', true, 'a row inactive by removal, re-added since', { row: inactive('removal') }],
];

describe('the status of (package, user, permission)', () => {
  it.each(EXAMPLES)('row %i gives %s (syncable: %s) for %s', (row, kind, syncable, _name, facts) => {
    expect(classifyStatus({ ...member, ...facts })).toMatchObject({ decidedBy: row, kind, syncable });
  });

  it.each([
    ['value', held({ value: 'edit' })],
    ['param', held({ param: 'FENG,REG' })],
    ['all', held({ value: 'edit', param: '*' })],
  ] as const)('names a divergence of %s', (divergence, row) => {
    expect(classifyStatus({ ...member, row }).divergence).toBe(divergence);
  });

  it('syncs nothing for former members, removed permissions and disabled packages, and says which', () => {
    const divergent = { ...member, row: held({ value: 'edit' }) };
    const refusalOf = (facts: Partial<StatusFacts>) => classifyStatus({ ...divergent, ...facts }).refusal;
    expect(refusalOf({ assignment: 'former' })).toBe('former_member');
    expect(refusalOf({ package: { number: 1, state: 'disabled' } })).toBe('package_disabled');
    expect(refusalOf({ ...removed, row: null })).toBe('permission_removed');
    expect(refusalOf({})).toBeNull();
  });

  it('syncs nothing for people who left, and says so before anything else that they could not do', () => {
    const left = new Date('2026-04-30T08:00:00Z');
    const refusalOf = (facts: Partial<StatusFacts>) => classifyStatus({ ...member, left, ...facts }).refusal;
    expect(refusalOf({})).toBe('person_left');
    expect(refusalOf({ row: held({ value: 'edit' }) })).toBe('person_left');
    // Neither can be re-assigned, nor would it help to enable the package
    expect(refusalOf({ assignment: 'former', row: inactive('unassignment') })).toBe('person_left');
    expect(refusalOf({ package: { number: 1, state: 'disabled' } })).toBe('person_left');
    // What needs no sync needs none of theirs
    expect(refusalOf({ row: held() })).toBe('in_sync');
    expect(refusalOf({ row: held({ packageNumber: 2 }) })).toBe('other_package');
  });

  it('shows the same badge whether the person is here or has left', () => {
    for (const { left: _left, ...facts } of everyCombinationOfFacts()) {
      const of = (left: Date | null) => {
        const { syncable: _syncable, refusal: _refusal, ...shown } = classifyStatus({ ...facts, left });
        return shown;
      };
      expect(of(new Date(0))).toEqual(of(null));
    }
  });

  it('tells the sources that lost, strongest first', () => {
    const row = held({ packageNumber: null, value: 'edit' });
    const rule = { ...reader, name: 'Rota' };
    expect(classifyStatus({ ...member, row, profile: reader, rule }).lost).toEqual([
      { source: 'profile', grant: reader },
      { source: 'rule', grant: rule },
    ]);
  });

  it('never falls through to row 15, over every combination of the facts', () => {
    let combinations = 0;
    const reached = new Set<number>();
    for (const facts of everyCombinationOfFacts()) {
      combinations++;
      const status = classifyStatus(facts);
      reached.add(status.decidedBy);
      expect(status.kind).not.toBe('undefined_exception');
      const closed = facts.assignment === 'former' || !facts.permission.live || facts.package.state === 'disabled';
      if (closed || facts.left !== null) expect(status.syncable).toBe(false);
    }
    expect(combinations).toBeGreaterThan(500);
    expect([...reached].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  it('still answers, unsyncable, where data got past the types', () => {
    const broken = { active: false, value: 'view', param: '', packageNumber: 1, reason: 'unheard-of' };
    const status = classifyStatus({ ...member, row: broken as unknown as AuthorizationRow });
    expect(status).toMatchObject({ decidedBy: 15, kind: 'undefined_exception', syncable: false });
  });
});
