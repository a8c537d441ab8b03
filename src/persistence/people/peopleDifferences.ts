import { z } from 'zod';
import type { PeopleFileProblems } from '../../engine/core/peopleFile.ts';
import type { RawQuery } from '../rawQuery.ts';

/**
 * What a staged list of people means for the organization. A code is found in any letter case that people type.
 * Structures that are no longer offered stay for whoever is in them.
 */
const CREATE_DIFFERENCES = `
  CREATE TEMP TABLE people_differences ON COMMIT DROP AS
  SELECT *, is_new OR is_changed OR leaves OR returns AS differs FROM (
    SELECT *, user_id IS NULL AS is_new,
           user_id IS NOT NULL AND (name, email, structure) IS DISTINCT FROM (name_was, email_was, structure_was)
             AS is_changed,
           has_left AND NOT left_was AS leaves, left_was AND NOT has_left AS returns
    FROM (
      SELECT l.line, coalesce(t.id, u.id) AS user_id, coalesce(t.code, u.code, l.code) AS code, l.name, l.email,
             l.structure, l.search_text, s.id AS structure_id,
             coalesce(t.name, u.name) AS name_was, coalesce(t.email, u.email) AS email_was, own.code AS structure_was,
             coalesce(t.left_at, u.left_at) IS NOT NULL AS left_was,
             coalesce(l.has_left, coalesce(t.left_at, u.left_at) IS NOT NULL) AS has_left
      FROM people_lines l
      LEFT JOIN users t ON t.organization_id = $1::int AND t.code = l.code
      LEFT JOIN users u ON t.id IS NULL AND u.organization_id = $1::int AND u.code = upper(l.code)
      LEFT JOIN structures own ON own.organization_id = $1::int AND own.id = coalesce(t.structure_id, u.structure_id)
      LEFT JOIN structures s ON s.organization_id = $1::int AND s.code = l.structure
        AND (s.retired_at IS NULL OR s.id = own.id)
    ) compared
  ) judged`;

/** Lines that are at odds with the organization or with each other. */
const CHECKS = [
  `SELECT line, 'structure' AS "column", 'unknown_structure' AS kind, structure AS value FROM people_differences
   WHERE structure IS NOT NULL AND structure_id IS NULL`,
  `SELECT line, 'code' AS "column", 'repeated_code' AS kind, first::text AS value FROM (
     SELECT line, first_value(line) OVER (PARTITION BY code ORDER BY line) AS first FROM people_differences
     WHERE code IS NOT NULL
   ) repeated WHERE first < line`,
];

const Problems = z.array(
  z.object({
    line: z.number(),
    column: z.enum(['structure', 'code']),
    kind: z.enum(['unknown_structure', 'repeated_code']),
    value: z.string(),
    total: z.number(),
  }),
);

/** Problems of one kind that are asked for. */
const ASKED = 100;

/** Compares the staged list with the organization. What contradicts it is told. */
export async function compareStaged(
  query: RawQuery,
  organizationId: number,
  problems: PeopleFileProblems,
): Promise<void> {
  await query('ANALYZE people_lines', []);
  await query(CREATE_DIFFERENCES, [organizationId]);
  await query('ANALYZE people_differences', []);
  for (const check of CHECKS) {
    const found = Problems.parse(
      await query(`SELECT *, count(*) OVER ()::int AS total FROM (${check}) problem ORDER BY line LIMIT ${ASKED}`, []),
    );
    found.forEach(({ total, ...problem }, index) => {
      problems.add(problem, index === found.length - 1 ? total - index : 1);
    });
  }
}

const Counts = z.tuple([
  z.object({
    created: z.number(),
    changed: z.number(),
    left: z.number(),
    returned: z.number(),
    unchanged: z.number(),
    hash: z.string(),
  }),
]);

/**
 * How many people a list creates, changes, marks as left or as returned, and leaves as they are; `hash` is its digest.
 */
export type PeopleUpdateCounts = z.infer<typeof Counts>[0];

/** Counts what the staged list would do. */
export async function countDifferences(query: RawQuery): Promise<PeopleUpdateCounts> {
  const rows = await query(
    `SELECT count(*) FILTER (WHERE is_new)::int AS created,
            count(*) FILTER (WHERE is_changed)::int AS changed,
            count(*) FILTER (WHERE leaves)::int AS left,
            count(*) FILTER (WHERE returns)::int AS returned,
            count(*) FILTER (WHERE NOT differs)::int AS unchanged,
            encode(sha256(convert_to(coalesce(string_agg(json_build_array(code, name, email, structure, has_left, name_was,
              email_was, structure_was, left_was)::text, E'\\n' ORDER BY code) FILTER (WHERE differs), ''),
              'UTF8')), 'hex') AS hash
     FROM people_differences`,
    [],
  );
  return Counts.parse(rows)[0];
}

const Difference = z.object({
  code: z.string(),
  created: z.boolean(),
  name: z.string(),
  email: z.string(),
  structure: z.string(),
  hasLeft: z.boolean(),
  nameWas: z.string().nullable(),
  emailWas: z.string().nullable(),
  structureWas: z.string().nullable(),
  leftWas: z.boolean(),
});

/** What a list says of a person that differs from what the organization says. */
export type PeopleDifference = z.infer<typeof Difference>;

/** The first differences, in the order of the list. */
export async function selectDifferences(query: RawQuery, limit: number): Promise<PeopleDifference[]> {
  const rows = await query(
    `SELECT code, is_new AS created, name, email, structure, has_left AS "hasLeft", name_was AS "nameWas",
            email_was AS "emailWas", structure_was AS "structureWas", left_was AS "leftWas"
     FROM people_differences WHERE differs ORDER BY line LIMIT ${limit}`,
    [],
  );
  return z.array(Difference).parse(rows);
}

/** Writes what the staged list says, and whom it concerned; a person who is the same already is not touched. */
export async function writeDifferences(
  query: RawQuery,
  { organizationId, operationId, at }: { organizationId: number; operationId: number; at: Date },
): Promise<void> {
  const values = [organizationId, at.toISOString()];
  await query(
    `UPDATE users t SET name = d.name, email = d.email, structure_id = d.structure_id, search_text = d.search_text,
       left_at = CASE WHEN NOT d.has_left THEN NULL ELSE coalesce(t.left_at, $2::timestamptz) END,
       left_because = CASE WHEN NOT d.has_left THEN NULL ELSE coalesce(t.left_because, 'import') END
     FROM people_differences d
     WHERE t.organization_id = $1::int AND t.id = d.user_id AND d.differs`,
    values,
  );
  await query(
    `INSERT INTO users (organization_id, code, name, email, structure_id, search_text, left_at, left_because)
     SELECT $1::int, code, name, email, structure_id, search_text, CASE WHEN has_left THEN $2::timestamptz END,
            CASE WHEN has_left THEN 'import' END
     FROM people_differences WHERE is_new ORDER BY code`,
    values,
  );
  await query(
    `INSERT INTO operation_changes (organization_id, operation_id, user_id, user_code, user_name, membership)
     SELECT $1::int, $2::int, u.id, u.code, u.name, 'unchanged'
     FROM people_differences d JOIN users u ON u.organization_id = $1::int AND u.code = d.code
     WHERE d.differs`,
    [organizationId, operationId],
  );
}
