import type { AuthorizationRow, StatusFacts } from '../../src/engine/core/status.ts';

/** Every row that can matter to package 1: absent, or active/inactive for each reason, of each source, same or not. */
export function everyRow(): (AuthorizationRow | null)[] {
  const rows: (AuthorizationRow | null)[] = [null];
  for (const packageNumber of [null, 1, 2]) {
    for (const value of ['view', 'edit']) {
      for (const param of ['', 'REG', '*']) {
        const held = { value, param, packageNumber };
        rows.push({ active: true, ...held });
        for (const reason of ['manual', 'unassignment', 'removal'] as const)
          rows.push({ active: false, ...held, reason });
      }
    }
  }
  return rows;
}

/** The whole space of the facts that a status depends on, one representative for each distinction. */
export function* everyCombinationOfFacts(): Generator<StatusFacts> {
  const grants = [null, { name: 'Reader', value: 'view', param: '' }];
  const absences = [null, new Date('2026-04-30T08:00:00Z')];
  for (const founder of [false, true]) {
    for (const state of ['active', 'disabled'] as const) {
      for (const assignment of ['active', 'former'] as const) {
        for (const live of [true, false]) {
          for (const row of everyRow()) {
            for (const profile of grants) {
              for (const rule of grants) {
                for (const left of absences) {
                  const permission = { live, value: 'view', param: 'REG' };
                  yield { founder, left, package: { number: 1, state }, assignment, permission, row, profile, rule };
                }
              }
            }
          }
        }
      }
    }
  }
}
