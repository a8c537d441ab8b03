import { z } from 'zod';
import { hasWords } from '../engine/core/searchText.ts';
import { CatalogPermission } from './catalog.ts';
import { BRIEF, type Queryable } from './database.ts';

const Rule = z.object({
  id: z.number(),
  name: z.string(),
  audience: z.object({ kind: z.enum(['group', 'structure']), id: z.number(), code: z.string(), name: z.string() }),
  permission: CatalogPermission,
  value: z.string(),
  param: z.string(),
});

/** An automatic grant: everyone in a group, or in a structure and those below it, has this permission. */
export type Rule = z.infer<typeof Rule>;

/** Every rule, or the one of an id, by name. There are few: a list of them is filtered where it is made. */
async function selectAll(queryable: Queryable, organizationId: number, id: number | null): Promise<Rule[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    ${BRIEF} SELECT r.id, r.name, r.value, r.param,
           CASE WHEN g.id IS NOT NULL
             THEN json_build_object('kind', 'group', 'id', g.id, 'code', g.code, 'name', g.name)
             ELSE json_build_object('kind', 'structure', 'id', s.id, 'code', s.code, 'name', s.name) END AS audience,
           json_build_object('id', p.id, 'applicationId', p.application_id, 'applicationName', a.name, 'key', p.key,
             'name', p.name, 'main', p.is_main, 'levels', p.levels, 'scope', p.scope,
             'retired', p.retired_at IS NOT NULL) AS permission
    FROM rules r
    JOIN permissions p ON p.organization_id = r.organization_id AND p.id = r.permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    LEFT JOIN groups g ON g.organization_id = r.organization_id AND g.id = r.group_id
    LEFT JOIN structures s ON s.organization_id = r.organization_id AND s.id = r.structure_id
    WHERE r.organization_id = ${organizationId}::int AND (${id}::int IS NULL OR r.id = ${id}::int)
    ORDER BY r.name, r.id`;
  return z.array(Rule).parse(rows);
}

/** One page of the rules whose name, audience, application or permission has every word typed. */
export async function selectRules(
  queryable: Queryable,
  organizationId: number,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<{ rules: Rule[]; total: number }> {
  const all = await selectAll(queryable, organizationId, null);
  const found = all.filter(({ name, audience, permission }) =>
    hasWords(text, name, audience.code, audience.name, permission.applicationName, permission.name),
  );
  return { rules: found.slice(offset, offset + limit), total: found.length };
}

/** One rule of the organization; null where it has none of this id. */
export async function findRule(queryable: Queryable, organizationId: number, id: number): Promise<Rule | null> {
  return (await selectAll(queryable, organizationId, id))[0] ?? null;
}

/** The rule that has a name already, whatever its case; null where none has. */
export async function findRuleByName(
  queryable: Queryable,
  organizationId: number,
  name: string,
): Promise<{ id: number } | null> {
  return queryable.rule.findFirst({
    where: { organizationId, name: { equals: name.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } },
    select: { id: true },
  });
}

/** The rules for a group, by name. */
export async function selectRulesOfGroup(
  queryable: Queryable,
  organizationId: number,
  groupId: number,
): Promise<{ id: number; name: string; permissionId: number }[]> {
  return queryable.rule.findMany({
    where: { organizationId, groupId },
    select: { id: true, name: true, permissionId: true },
    orderBy: { name: 'asc' },
  });
}
