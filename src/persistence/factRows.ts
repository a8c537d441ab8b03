import { z } from 'zod';
import type { AuthorizationRow, Grant } from '../engine/core/status.ts';
import { Prisma } from './database.ts';

/**
 * The columns of a cell's row, who last wrote it, and the best profile and rule. In scope: `held`, its `app_auth` row,
 * with {@link CHANGE_JOINS}, and `by_profile` and `by_rule`, each with name, value and parameter.
 */
export const FACT_COLUMNS = Prisma.sql`
  held.active, held.reason, held.package_number AS "sourcePackage", held.value AS "heldValue", held.param AS "heldParam",
  by_profile.name AS "profileName", by_profile.value AS "profileValue", by_profile.param AS "profileParam",
  by_rule.name AS "ruleName", by_rule.value AS "ruleValue", by_rule.param AS "ruleParam",
  o.at AS "changedAt", changer.name AS "changedBy", changer.slack_user_id AS "changedBySlackId"`;

/** The operation and the person behind the row. */
export const CHANGE_JOINS = Prisma.sql`
  LEFT JOIN operations o ON o.organization_id = held.organization_id AND o.id = held.operation_id
  LEFT JOIN users changer ON changer.organization_id = o.organization_id AND changer.id = o.actor_user_id`;

/** What {@link FACT_COLUMNS} brings. */
export const FactRow = z.object({
  active: z.boolean().nullable(),
  reason: z.enum(['manual', 'unassignment', 'removal']).nullable(),
  sourcePackage: z.number().nullable(),
  heldValue: z.string().nullable(),
  heldParam: z.string().nullable(),
  profileName: z.string().nullable(),
  profileValue: z.string().nullable(),
  profileParam: z.string().nullable(),
  ruleName: z.string().nullable(),
  ruleValue: z.string().nullable(),
  ruleParam: z.string().nullable(),
  changedAt: z.date().nullable(),
  changedBy: z.string().nullable(),
  changedBySlackId: z.string().nullable(),
});

type FactRow = z.infer<typeof FactRow>;

/** Who last wrote a row, and when. */
export interface RowChange {
  at: Date;
  by: string | null;
  bySlackId: string | null;
}

/** The facts of a cell as the pure rules take them; `changed` is null where the row was imported or there is none. */
export function cellOf(fact: FactRow): {
  row: AuthorizationRow | null;
  profile: Grant | null;
  rule: Grant | null;
  changed: RowChange | null;
} {
  return {
    row: toRow(fact),
    profile: toGrant(fact.profileName, fact.profileValue, fact.profileParam),
    rule: toGrant(fact.ruleName, fact.ruleValue, fact.ruleParam),
    changed: fact.changedAt ? { at: fact.changedAt, by: fact.changedBy, bySlackId: fact.changedBySlackId } : null,
  };
}

function toRow(fact: FactRow): AuthorizationRow | null {
  if (fact.active === null) return null;
  const held = { value: fact.heldValue ?? '', param: fact.heldParam ?? '', packageNumber: fact.sourcePackage };
  return fact.active ? { active: true, ...held } : { active: false, ...held, reason: fact.reason ?? 'manual' };
}

function toGrant(name: string | null, value: string | null, param: string | null): Grant | null {
  return name === null ? null : { name, value: value ?? '', param: param ?? '' };
}
