import type { Queryable } from './database.ts';

/**
 * Retires an application with the permissions it offers, or brings it back with those that were retired at the same
 * moment: what had been retired before stays so.
 */
export async function retireApplication(
  queryable: Queryable,
  organizationId: number,
  id: number,
  at: Date | null,
): Promise<void> {
  await queryable.$executeRaw`
    UPDATE permissions p SET retired_at = ${at}::timestamptz
    FROM applications a
    WHERE a.organization_id = ${organizationId}::int AND a.id = ${id}::int
      AND p.organization_id = a.organization_id AND p.application_id = a.id
      AND p.retired_at IS NOT DISTINCT FROM a.retired_at`;
  await queryable.application.update({ where: { organizationId_id: { organizationId, id } }, data: { retiredAt: at } });
}

/** Retires a permission, which gives up the MAIN mark, or brings it back without. */
export async function retirePermission(
  queryable: Queryable,
  organizationId: number,
  id: number,
  at: Date | null,
): Promise<void> {
  const where = { organizationId_id: { organizationId, id } };
  await queryable.permission.update({ where, data: { retiredAt: at, isMain: false } });
}

/** Retires a structure, or brings it back. */
export async function retireStructure(
  queryable: Queryable,
  organizationId: number,
  id: number,
  at: Date | null,
): Promise<void> {
  await queryable.structure.update({ where: { organizationId_id: { organizationId, id } }, data: { retiredAt: at } });
}
