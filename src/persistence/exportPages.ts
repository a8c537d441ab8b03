import { z } from 'zod';
import { Prisma, type Queryable } from './database.ts';

const Person = z.object({ userId: z.number(), code: z.string(), name: z.string() });

/** A person of an export, as files name them. */
export type ExportedPerson = z.infer<typeof Person>;

/** Where a page of people begins: after this personal code, in its bytewise order; empty at first. */
export interface PageAfter {
  after: string;
  limit: number;
}

/**
 * The next members of a package by personal code, active and former ones together. Each state is read from its own
 * stretch of the index, so that a page costs the same wherever it is; and somebody whose state changes between two
 * pages neither comes twice nor gets lost.
 */
export async function selectMemberPage(
  queryable: Queryable,
  organizationId: number,
  packageNumber: number,
  { after, limit, onlyActive }: PageAfter & { onlyActive: boolean },
): Promise<ExportedPerson[]> {
  const inState = (state: 'active' | 'former') => Prisma.sql`
    (SELECT user_id, user_code FROM assignments
     WHERE organization_id = ${organizationId}::int AND package_number = ${packageNumber}::int
       AND state = ${state}::assignment_state AND user_code > ${after}
     ORDER BY user_code LIMIT ${limit})`;
  const members = onlyActive ? inState('active') : Prisma.sql`${inState('active')} UNION ALL ${inState('former')}`;
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT u.id AS "userId", u.code, u.name
    FROM (SELECT user_id FROM (${members}) member ORDER BY user_code LIMIT ${limit}) page
    JOIN users u ON u.organization_id = ${organizationId}::int AND u.id = page.user_id
    ORDER BY u.code`;
  return z.array(Person).parse(rows);
}

/** The next people of the organization by personal code. */
export async function selectPeoplePage(
  queryable: Queryable,
  organizationId: number,
  { after, limit }: PageAfter,
): Promise<ExportedPerson[]> {
  const rows = await queryable.$queryRaw<unknown[]>`
    SELECT id AS "userId", code, name FROM users
    WHERE organization_id = ${organizationId}::int AND code > ${after} ORDER BY code LIMIT ${limit}`;
  return z.array(Person).parse(rows);
}

/** The numbers of the organization's packages; `onlyActive` leaves disabled ones out. */
export async function selectPackageNumbers(
  queryable: Queryable,
  organizationId: number,
  { onlyActive }: { onlyActive: boolean },
): Promise<number[]> {
  const packages = await queryable.package.findMany({
    where: { organizationId, ...(onlyActive && { state: 'active' }) },
    select: { number: true },
    orderBy: { number: 'asc' },
  });
  return packages.map(({ number }) => number);
}
