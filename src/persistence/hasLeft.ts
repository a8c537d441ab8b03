import { Prisma } from './database.ts';

/** Whether a person, given by the column of their id, has left the organization. */
export function hasLeft(organizationId: number, userId: 'user_id' | `${string}.user_id`): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(userId)} IN (
    SELECT id FROM users WHERE organization_id = ${organizationId}::int AND left_at IS NOT NULL)`;
}
