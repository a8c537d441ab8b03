import { type AccessOf, selectAccessOf } from '../../persistence/access.ts';
import {
  type ExportedPerson,
  type PageAfter,
  selectMemberPage,
  selectPackageNumbers,
  selectPeoplePage,
} from '../../persistence/exportPages.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { getPackage } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import {
  type ExportedDrift,
  type ExportedStatus,
  exportedDrift,
  exportedStatuses,
  type PackageKey,
} from './exportedCells.ts';
import { requireMay } from './requireMay.ts';

export type { ExportedDrift, ExportedStatus };

/** One thing that somebody can really do. */
export type ExportedAccess = AccessOf & { person: ExportedPerson };

/** Lines of an export, some people at a time: each page is true at the moment it is read. */
export type Pages<Line> = AsyncGenerator<Line[]>;

/** What can be exported; with null in place of a package's number, all packages one after another. */
export interface Exports {
  /** Every permission, live or removed, of every member, active or former. @throws EngineError `package_not_found`. */
  statuses(number: number | null): Promise<Pages<ExportedStatus>>;
  /** What has drifted; nothing of a disabled package has. @throws EngineError `package_not_found`. */
  drift(number: number | null): Promise<Pages<ExportedDrift>>;
  /** Everybody's effective access. */
  access(): Pages<ExportedAccess>;
}

/** How many people are read at once. */
export interface PageSizes {
  /** Of a package, with all of their cells. */
  members: number;
  /** Of the organization, with their effective access. */
  people: number;
}

/**
 * Few enough that nothing else of the process waits for long, and enough that the way to the database does not count.
 */
const PAGE_SIZES: PageSizes = { members: 100, people: 250 };

/** What an actor may export: everything of the organization. Needs `view`. @throws EngineError `not_allowed`. */
export function exportsAs(context: EngineContext, actor: Actor, pageSizes = PAGE_SIZES): Exports {
  requireMay(actor, 'view');
  return exportsOf(context, actor.organizationId, pageSizes);
}

/** The exports of an organization for whoever runs the program on its server: not authorized here. */
export function exportsOf(context: EngineContext, organizationId: number, pageSizes = PAGE_SIZES): Exports {
  const { prisma } = context.database;

  async function numbersOf(number: number | null, onlyActive: boolean): Promise<number[]> {
    if (number === null) return selectPackageNumbers(prisma, organizationId, { onlyActive });
    const { state } = await getPackage(prisma, organizationId, number);
    return onlyActive && state === 'disabled' ? [] : [number];
  }

  function memberPages(number: number, onlyActive: boolean): Pages<ExportedPerson> {
    return pagesOf(pageSizes.members, (page) =>
      selectMemberPage(prisma, organizationId, number, { ...page, onlyActive }),
    );
  }

  async function* pagesOfPackages<Line>(
    numbers: readonly number[],
    onlyActive: boolean,
    linesOf: (of: EngineContext, pack: PackageKey, people: readonly ExportedPerson[]) => Promise<Line[]>,
  ): Pages<Line> {
    for (const number of numbers) {
      const pack = { organizationId, number };
      for await (const people of memberPages(number, onlyActive)) yield await linesOf(context, pack, people);
    }
  }

  return {
    statuses: async (number) => pagesOfPackages(await numbersOf(number, false), false, exportedStatuses),
    drift: async (number) => pagesOfPackages(await numbersOf(number, true), true, exportedDrift),
    async *access() {
      const everyone = pagesOf(pageSizes.people, (page) => selectPeoplePage(prisma, organizationId, page));
      for await (const people of everyone) {
        const userIds = people.map(({ userId }) => userId);
        const byUser = new Map<number, AccessOf[]>(userIds.map((userId) => [userId, []]));
        for (const access of await selectAccessOf(prisma, organizationId, userIds)) {
          byUser.get(access.userId)?.push(access);
        }
        yield people.flatMap((person) => (byUser.get(person.userId) ?? []).map((access) => ({ ...access, person })));
      }
    },
  };
}

/** People page by page, each after the last person of the page before. */
async function* pagesOf(limit: number, next: (page: PageAfter) => Promise<ExportedPerson[]>): Pages<ExportedPerson> {
  let people = await next({ after: '', limit });
  while (people.length > 0) {
    yield people;
    people = people.length < limit ? [] : await next({ after: people.at(-1)?.code ?? '', limit });
  }
}
