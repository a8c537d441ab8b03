import { z } from 'zod';
import { BRIEF, type Queryable } from './database.ts';
import { likePattern } from './likePattern.ts';

const Structure = z.object({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  parentId: z.number().nullable(),
  retired: z.boolean(),
});

/** A structure with its place in the tree. */
export type PlacedStructure = z.infer<typeof Structure>;

const Listed = Structure.extend({ depth: z.number(), people: z.number() });

/** A structure as the tree shows it: how deep it stands (0 at the top), and the people directly in it. */
export type ListedStructure = z.infer<typeof Listed>;

/** One page of the tree, each structure before those below it, siblings by code; `text` filters by code and name. */
export async function selectStructureTree(
  queryable: Queryable,
  organizationId: number,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ structures: ListedStructure[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    WITH shown AS (
      SELECT s.id, s.code, s.name, s.parent_id AS "parentId", s.retired_at IS NOT NULL AS retired,
             cardinality(s.path) - 1 AS depth, count(*) OVER ()::int AS total,
             ARRAY(SELECT above.code FROM unnest(s.path) WITH ORDINALITY AS step (id, place)
                   JOIN structures above ON above.organization_id = s.organization_id AND above.id = step.id
                   ORDER BY step.place) AS codes
      FROM structures s
      WHERE s.organization_id = ${organizationId}::int AND s.search_text LIKE ALL (${likePattern(text)}::text[])
      ORDER BY codes OFFSET ${offset} LIMIT ${limit}
    )
    SELECT shown.id, shown.code, shown.name, shown."parentId", shown.retired, shown.depth, shown.total,
           (SELECT count(*)::int FROM users u WHERE u.organization_id = ${organizationId}::int
              AND u.structure_id = shown.id AND u.left_at IS NULL) AS people
    FROM shown ORDER BY shown.codes`;
  const parsed = z.array(Listed.extend({ total: z.number() })).parse(rows);
  return { structures: parsed, total: parsed[0]?.total ?? 0 };
}

/** One structure of the organization, retired or not; null where it has none of this id. */
export async function findStructure(
  queryable: Queryable,
  organizationId: number,
  id: number,
): Promise<PlacedStructure | null> {
  const found = await queryable.structure.findUnique({ where: { organizationId_id: { organizationId, id } } });
  return found && Structure.parse({ ...found, retired: found.retiredAt !== null });
}

/** Whether `id` stands above `below` in the tree, or is the same. */
export async function isAtOrAbove(
  queryable: Queryable,
  organizationId: number,
  id: number,
  below: number,
): Promise<boolean> {
  const [row] = await queryable.$queryRaw<{ above: boolean }[]>`
    ${BRIEF} SELECT ${id}::int = ANY (path) AS above FROM structures
    WHERE organization_id = ${organizationId}::int AND id = ${below}::int`;
  return row?.above ?? false;
}

/**
 * Hangs a structure below another, or at the top, and puts everything below it in its new place, in one statement: what
 * stood above it is cut off each path, and what stands above it now is put in front.
 */
export async function moveStructure(
  queryable: Queryable,
  organizationId: number,
  id: number,
  parentId: number | null,
): Promise<void> {
  await queryable.$executeRaw`
    WITH moved AS (
      SELECT cardinality(s.path) AS depth, coalesce(parent.path, '{}') AS above
      FROM structures s
      LEFT JOIN structures parent ON parent.organization_id = s.organization_id AND parent.id = ${parentId}::int
      WHERE s.organization_id = ${organizationId}::int AND s.id = ${id}::int
    )
    UPDATE structures s
    SET path = moved.above || s.path[moved.depth:],
        parent_id = CASE WHEN s.id = ${id}::int THEN ${parentId}::int ELSE s.parent_id END
    FROM moved
    WHERE s.organization_id = ${organizationId}::int AND ${id}::int = ANY (s.path)`;
}
