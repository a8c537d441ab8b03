import { z } from 'zod';
import type { RawQuery } from '../rawQuery.ts';
import { AUTHORIZATION_CHECKS, GRANT_CHECKS } from './grantChecks.ts';
import type { ProblemList } from './problems.ts';
import { ELEMENT_CHECKS, TAKEN_SLACK_IDS } from './referenceChecks.ts';

const Found = z.array(z.object({ place: z.string(), message: z.string(), total: z.number() }));
const Suspects = z.tuple([z.object({ suspects: z.boolean() })]);

/** Checks what the elements of the staged file say of each other. `has` tells which sections the file has. */
export async function checkFile(
  query: RawQuery,
  organizationId: number,
  has: (section: string) => boolean,
  problems: ProblemList,
): Promise<void> {
  const [{ suspects }] = Suspects.parse(
    await query('SELECT EXISTS (SELECT FROM import_rows WHERE wrong OR earlier IS NOT NULL) AS suspects', []),
  );
  for (const { needs, sql } of [...ELEMENT_CHECKS, ...GRANT_CHECKS, ...(suspects ? AUTHORIZATION_CHECKS : [])]) {
    if (needs.every(has)) await report(query, sql, [], problems);
  }
  if (has('users')) await report(query, TAKEN_SLACK_IDS, [organizationId], problems);
}

/** Adds what a check found: the first in the order of the file, and how many there are. */
export async function report(
  query: RawQuery,
  sql: string,
  parameters: readonly unknown[],
  problems: ProblemList,
): Promise<void> {
  const limit = problems.limit;
  const found = Found.parse(
    await query(
      `SELECT place, message, count(*) OVER ()::int AS total FROM (${sql}) problem ORDER BY i, j LIMIT ${limit}`,
      parameters,
    ),
  );
  found.forEach(({ place, message, total }, index) => {
    problems.add(place, message, index === limit - 1 ? total - index : 1);
  });
}
