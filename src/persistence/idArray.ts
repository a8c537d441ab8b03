import { Prisma } from './database.ts';

/**
 * Ids as one parameter in PostgreSQL's own notation. As an array, each of ten thousand would be looked at by the client
 * and by the driver, while nothing else of the process gets its turn.
 */
export function idArray(ids: readonly number[]): Prisma.Sql {
  return Prisma.sql`${`{${ids.join(',')}}`}::int[]`;
}
