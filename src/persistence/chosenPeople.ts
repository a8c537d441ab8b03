import { z } from 'zod';
import type { Queryable } from './database.ts';
import { idArray } from './idArray.ts';

/** Everything by which people are chosen at once. */
export interface PeopleSelection {
  userIds: readonly number[];
  /** Personal codes that were pasted, each once, in any case. */
  codes: readonly string[];
  /** Personal codes of a file, likewise. */
  fileCodes: readonly string[];
  /** Everybody in these structures and those below. */
  structureIds: readonly number[];
  groupIds: readonly number[];
}

const Unknown = z.object({ total: z.number(), places: z.array(z.number()) });

const Found = z.object({
  /** How many they are, each once. */
  total: z.number(),
  /** Who they are; nobody where they are more than the limit. */
  userIds: z.array(z.number()),
  /** People of the structures and groups who are not taken, because they left. */
  leftOut: z.number(),
  /** Codes of nobody: how many, and the places of the first in the list, from 0. */
  unknown: Unknown,
  unknownInFile: Unknown,
  /** Chosen structures and groups that are retired or no longer there. */
  goneStructures: z.number(),
  goneGroups: z.number(),
  /** The first, by name, of those chosen one by one who left, and by what they were chosen. */
  left: z.object({ name: z.string(), by: z.enum(['search', 'codes', 'file']) }).nullable(),
});

/** Whom a selection is, and what of it is of nobody. */
export type FoundPeople = z.infer<typeof Found>;

/** Places of unknown codes that are told. */
const TOLD = 10;

/**
 * Resolves a selection in one statement. A code finds the person who has exactly it, else whoever has it in capitals.
 * @param terms.limit beyond this, nobody is loaded.
 * @param terms.memberOf a package whose active members alone count; null: everybody does.
 */
export async function resolvePeople(
  queryable: Queryable,
  organizationId: number,
  selection: PeopleSelection,
  { limit, memberOf }: { limit: number; memberOf: number | null },
): Promise<FoundPeople> {
  const { userIds, codes, fileCodes, structureIds, groupIds } = selection;
  const pasted = codes.length;
  // As one text: an array would be looked at code by code on its way
  const wanted = JSON.stringify([...codes, ...fileCodes]);
  const [row] = await queryable.$queryRaw<unknown[]>`
    WITH wanted AS MATERIALIZED (
      SELECT code, place::int - 1 AS place FROM jsonb_array_elements_text(${wanted}::jsonb) WITH ORDINALITY AS w (code, place)
    ),
    matching AS (
      SELECT w.place, u.id, u.left_at, true AS exact FROM wanted w
      JOIN users u ON u.organization_id = ${organizationId}::int AND u.code = w.code
      UNION ALL
      SELECT w.place, u.id, u.left_at, false FROM wanted w
      JOIN users u ON u.organization_id = ${organizationId}::int AND u.code = upper(w.code)
    ),
    coded AS MATERIALIZED (SELECT DISTINCT ON (place) place, id, left_at FROM matching ORDER BY place, exact DESC),
    single AS MATERIALIZED (
      SELECT id, left_at FROM users WHERE organization_id = ${organizationId}::int AND id = ANY (${idArray(userIds)})
      UNION SELECT id, left_at FROM coded
    ),
    gathered AS MATERIALIZED (
      SELECT u.id, u.left_at FROM users u
      WHERE u.organization_id = ${organizationId}::int AND u.structure_id IN (
        SELECT s.id FROM structures s
        WHERE s.organization_id = ${organizationId}::int AND s.path && ${idArray(structureIds)})
      UNION
      SELECT u.id, u.left_at FROM group_members m
      JOIN users u ON u.organization_id = m.organization_id AND u.id = m.user_id
      WHERE m.organization_id = ${organizationId}::int AND m.group_id = ANY (${idArray(groupIds)})
    ),
    chosen AS (
      SELECT id, bool_and(leaves) AS leaves FROM (
        SELECT id, false AS leaves FROM single UNION ALL SELECT id, left_at IS NOT NULL FROM gathered) either
      GROUP BY id
    ),
    everyone AS MATERIALIZED (
      SELECT id, leaves FROM chosen
      WHERE ${memberOf}::int IS NULL OR EXISTS (
        SELECT FROM assignments a
        WHERE a.organization_id = ${organizationId}::int AND a.package_number = ${memberOf}::int
          AND a.user_id = chosen.id AND a.state = 'active')
    ),
    counted AS (SELECT count(*) FILTER (WHERE NOT leaves)::int AS total, count(*) FILTER (WHERE leaves)::int AS left_out FROM everyone),
    unknown AS MATERIALIZED (SELECT place FROM wanted WHERE NOT EXISTS (SELECT FROM coded WHERE coded.place = wanted.place))
    SELECT total, left_out AS "leftOut",
           CASE WHEN total <= ${limit}::int THEN ARRAY(SELECT id FROM everyone WHERE NOT leaves ORDER BY id) ELSE '{}' END AS "userIds",
           (SELECT jsonb_build_object('total', count(*), 'places', to_jsonb(ARRAY(
              SELECT place FROM unknown WHERE place < ${pasted}::int ORDER BY place LIMIT ${TOLD}))) FROM unknown
            WHERE place < ${pasted}::int) AS unknown,
           (SELECT jsonb_build_object('total', count(*), 'places', to_jsonb(ARRAY(
              SELECT place - ${pasted}::int FROM unknown WHERE place >= ${pasted}::int ORDER BY place LIMIT ${TOLD}))) FROM unknown
            WHERE place >= ${pasted}::int) AS "unknownInFile",
           cardinality(${idArray(structureIds)}) - (
             SELECT count(*)::int FROM structures WHERE organization_id = ${organizationId}::int
               AND id = ANY (${idArray(structureIds)}) AND retired_at IS NULL) AS "goneStructures",
           cardinality(${idArray(groupIds)}) - (
             SELECT count(*)::int FROM groups WHERE organization_id = ${organizationId}::int
               AND id = ANY (${idArray(groupIds)})) AS "goneGroups",
           (SELECT jsonb_build_object('name', u.name, 'by', CASE
              WHEN u.id = ANY (${idArray(userIds)}) THEN 'search'
              WHEN (SELECT min(place) FROM coded WHERE coded.id = u.id) < ${pasted}::int THEN 'codes' ELSE 'file' END)
            FROM single JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = single.id
            WHERE single.left_at IS NOT NULL ORDER BY u.name, u.code LIMIT 1) AS "left"
    FROM counted`;
  return Found.parse(row);
}
