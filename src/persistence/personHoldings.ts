import { z } from 'zod';
import type { PersonHoldings } from '../engine/core/personPlan.ts';
import type { Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Grant = z.object({ permissionId: z.number(), value: z.string(), param: z.string() });

/** The active packages of a person, and what was set for them by hand. */
export async function selectHoldings(
  queryable: Queryable,
  organizationId: number,
  userId: number,
): Promise<PersonHoldings> {
  const packages = await queryable.$queryRaw<{ number: number }[]>`
    SELECT k.number FROM assignments s
    JOIN packages k ON k.organization_id = s.organization_id AND k.number = s.package_number AND k.state = 'active'
    WHERE s.organization_id = ${organizationId}::int AND s.user_id = ${userId}::int AND s.state = 'active'
    ORDER BY k.number`;
  const grants = await queryable.$queryRaw<unknown[]>`
    SELECT a.permission_id AS "permissionId", a.value, a.param
    FROM app_auth a
    JOIN permissions p ON p.organization_id = a.organization_id AND p.id = a.permission_id AND p.retired_at IS NULL
    WHERE a.organization_id = ${organizationId}::int AND a.user_id = ${userId}::int AND a.active
      AND a.package_number IS NULL
    ORDER BY a.permission_id`;
  return { packages: packages.map(({ number }) => number), grants: z.array(Grant).parse(grants) };
}

const Difference = z.object({
  applicationName: z.string(),
  permissionName: z.string(),
  /** What the person has; null for nothing. */
  value: z.string().nullable(),
  param: z.string().nullable(),
  /** What the other has; null for nothing. */
  otherValue: z.string().nullable(),
  otherParam: z.string().nullable(),
});

/** One permission that two people do not have alike. */
export type AccessDifference = z.infer<typeof Difference>;

/** What two people effectively have differently, by application (DOMAIN 2). */
export async function selectAccessDifferences(
  queryable: Queryable,
  organizationId: number,
  userId: number,
  otherId: number,
): Promise<AccessDifference[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT a.name AS "applicationName", p.name AS "permissionName", one.value, one.param,
           other.value AS "otherValue", other.param AS "otherParam"
    FROM (SELECT * FROM effective_grants
          WHERE organization_id = ${organizationId}::int AND user_id = ${userId}::int) one
    FULL JOIN (SELECT * FROM effective_grants
               WHERE organization_id = ${organizationId}::int AND user_id = ${otherId}::int) other
      USING (permission_id)
    JOIN permissions p ON p.organization_id = ${organizationId}::int AND p.id = permission_id
    JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE (one.value, one.param) IS DISTINCT FROM (other.value, other.param)
    ORDER BY a.name, p.is_main DESC, p.name`;
  return z.array(Difference).parse(rows);
}

const Fingerprint = z.tuple([z.object({ fingerprint: z.string() })]);

/**
 * A text that changes with anything that steps for a person depend on: their rows and memberships, what some packages
 * say, and what profiles and rules give.
 */
export async function fingerprintPerson(
  queryable: Queryable,
  organizationId: number,
  userId: number,
  packageNumbers: readonly number[],
): Promise<string> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT md5(concat_ws('/',
      (SELECT string_agg(a::text, ';' ORDER BY a.permission_id) FROM app_auth a
       WHERE a.organization_id = ${organizationId}::int AND a.user_id = ${userId}::int),
      (SELECT string_agg(s.package_number || s.state::text, ';' ORDER BY s.package_number) FROM assignments s
       WHERE s.organization_id = ${organizationId}::int AND s.user_id = ${userId}::int),
      (SELECT string_agg(concat_ws(':', k.number, k.state, w.permission_id, w.value, w.param, w.live), ';'
                         ORDER BY k.number, w.permission_id)
       FROM packages k
       LEFT JOIN package_permissions w ON w.organization_id = k.organization_id AND w.package_number = k.number
       WHERE k.organization_id = ${organizationId}::int AND k.number = ANY (${idArray(packageNumbers)})),
      (SELECT string_agg(g::text, ';' ORDER BY g.permission_id, g.name) FROM profile_grants g
       WHERE g.organization_id = ${organizationId}::int AND g.user_id = ${userId}::int),
      (SELECT string_agg(g::text, ';' ORDER BY g.permission_id, g.name) FROM rule_grants g
       WHERE g.organization_id = ${organizationId}::int AND g.user_id = ${userId}::int)
    )) AS fingerprint`;
  return Fingerprint.parse(rows)[0].fingerprint;
}
