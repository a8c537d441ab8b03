import { z } from 'zod';
import { hasWords } from '../engine/core/searchText.ts';
import type { Queryable } from './database.ts';

const Group = z.object({ id: z.number(), code: z.string(), name: z.string() });

/** A group as search boxes show it. */
export type Group = z.infer<typeof Group>;

/**
 * Groups to choose from: code or name has every word typed, accents and case ignored; by name. An organization has few:
 * they are read and filtered here.
 */
export async function searchGroups(
  queryable: Queryable,
  organizationId: number,
  text: string,
  limit: number,
): Promise<Group[]> {
  const all = await queryable.group.findMany({
    where: { organizationId },
    orderBy: [{ name: 'asc' }, { code: 'asc' }],
  });
  return all
    .filter(({ code, name }) => hasWords(text, code, name))
    .slice(0, limit)
    .map((group) => Group.parse(group));
}

/** Groups by id, by name; ids of none are left out. */
export async function findGroupsByIds(
  queryable: Queryable,
  organizationId: number,
  ids: readonly number[],
): Promise<Group[]> {
  const found = await queryable.group.findMany({
    where: { organizationId, id: { in: [...ids] } },
    orderBy: [{ name: 'asc' }, { code: 'asc' }],
  });
  return found.map((group) => Group.parse(group));
}
