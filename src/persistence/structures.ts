import { z } from 'zod';
import type { Queryable } from './database.ts';
import { likePattern } from './likePattern.ts';

const Structure = z.object({ id: z.number(), code: z.string(), name: z.string(), retired: z.boolean() });

export type Structure = z.infer<typeof Structure>;

/**
 * One page of the structures to choose from, retired ones left out: code or name has every word typed; by code, and how
 * many match in all.
 */
export async function searchStructures(
  queryable: Queryable,
  organizationId: number,
  text: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ structures: Structure[]; total: number }> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT id, code, name, false AS retired, count(*) OVER ()::int AS total FROM structures
    WHERE organization_id = ${organizationId}::int AND retired_at IS NULL AND search_text LIKE ALL (${likePattern(text)}::text[])
    ORDER BY code OFFSET ${offset} LIMIT ${limit}`;
  const parsed = z.array(Structure.extend({ total: z.number() })).parse(rows);
  return { structures: parsed, total: parsed[0]?.total ?? 0 };
}

/** Every code that a filter matches: what "Select all" takes. */
export async function selectStructureCodes(
  queryable: Queryable,
  organizationId: number,
  text: string,
): Promise<string[]> {
  const rows = await queryable.$queryRaw<{ code: string }[]>`
    SELECT code FROM structures
    WHERE organization_id = ${organizationId}::int AND retired_at IS NULL AND search_text LIKE ALL (${likePattern(text)}::text[])
    ORDER BY code`;
  return rows.map(({ code }) => code);
}

/** The structures of some codes, retired ones too; codes of none are left out. */
export async function findStructures(
  queryable: Queryable,
  organizationId: number,
  codes: readonly string[],
): Promise<Structure[]> {
  const found = await queryable.structure.findMany({
    where: { organizationId, code: { in: [...codes] } },
    orderBy: { code: 'asc' },
  });
  return found.map((structure) => Structure.parse({ ...structure, retired: structure.retiredAt !== null }));
}

/** Structures to choose from by id, by code; ids of retired or unknown ones are left out. */
export async function findStructuresByIds(
  queryable: Queryable,
  organizationId: number,
  ids: readonly number[],
): Promise<Structure[]> {
  const found = await queryable.structure.findMany({
    where: { organizationId, id: { in: [...ids] }, retiredAt: null },
    orderBy: { code: 'asc' },
  });
  return found.map((structure) => Structure.parse({ ...structure, retired: false }));
}
