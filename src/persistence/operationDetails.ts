import { z } from 'zod';
import type { Queryable } from './database.ts';
import { idArray } from './idArray.ts';

const Grant = z.object({ name: z.string(), value: z.string(), param: z.string() });
const Texts = z.array(z.string().nullable());

const Stored = z.object({
  userId: z.number(),
  userCode: z.string(),
  userName: z.string(),
  membership: z.string(),
  permissionIds: z.array(z.number()),
  codes: z.array(z.number().nullable()),
  written: z.array(z.boolean()),
  heldValues: Texts,
  heldParams: Texts,
  heldReasons: Texts,
  heldPackages: z.array(z.number().nullable()),
  grants: z.record(z.string(), z.object({ profile: Grant.optional(), rule: Grant.optional() })).nullable(),
});

/** What an operation stored of one person: parallel arrays, one element for each permission, see `changeHistory`. */
export type StoredChange = z.infer<typeof Stored>;

/**
 * The next people whom an operation is about, by personal code, with what it stored of each. Pages are told by where
 * they begin: after a code, or some people further on.
 */
export async function selectStoredChanges(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
  { after, offset = 0, limit }: { after: string; offset?: number; limit: number },
): Promise<StoredChange[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT user_id AS "userId", user_code AS "userCode", user_name AS "userName", membership,
           permission_ids AS "permissionIds", codes, written, held_values AS "heldValues", held_params AS "heldParams",
           held_reasons AS "heldReasons", held_packages AS "heldPackages", grants
    FROM operation_changes
    WHERE organization_id = ${organizationId}::int AND operation_id = ${operationId}::int AND user_code > ${after}
    ORDER BY user_code OFFSET ${offset} LIMIT ${limit}`;
  return z.array(Stored).parse(rows);
}

const Row = z.object({
  userId: z.number(),
  permissionId: z.number(),
  active: z.boolean(),
  packageNumber: z.number().nullable(),
  value: z.string(),
  param: z.string(),
});

/** An authorization as an operation left it. */
export type WrittenRow = z.infer<typeof Row>;

/** The authorizations of some people that an operation was the last to write. */
export async function selectRowsWrittenBy(
  queryable: Queryable,
  organizationId: number,
  operationId: number,
  userIds: readonly number[],
): Promise<WrittenRow[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT user_id AS "userId", permission_id AS "permissionId", active, package_number AS "packageNumber", value, param
    FROM app_auth
    WHERE organization_id = ${organizationId}::int AND user_id = ANY (${idArray(userIds)})
      AND operation_id = ${operationId}::int`;
  return z.array(Row).parse(rows);
}

const Named = z.object({ id: z.number(), application: z.string(), name: z.string(), main: z.boolean() });

/** How a permission is named in files. */
export type NamedPermission = z.infer<typeof Named>;

/** The names of some permissions, by application, MAIN first. */
export async function selectPermissionNames(
  queryable: Queryable,
  organizationId: number,
  permissionIds: readonly number[],
): Promise<NamedPermission[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT p.id, a.name AS application, p.name, p.is_main AS main
    FROM permissions p JOIN applications a ON a.organization_id = p.organization_id AND a.id = p.application_id
    WHERE p.organization_id = ${organizationId}::int AND p.id = ANY (${idArray(permissionIds)})
    ORDER BY a.name, a.id, p.is_main DESC, p.name, p.id`;
  return z.array(Named).parse(rows);
}
