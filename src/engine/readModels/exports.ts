import { type AccessOf, selectAccessOf } from '../../persistence/access.ts';
import { selectAcceptedDeviations, selectDisabledAmong } from '../../persistence/driftFacts.ts';
import {
  type ExportedPerson,
  type PageAfter,
  selectMemberPage,
  selectPackageNumbers,
  selectPeoplePage,
} from '../../persistence/exportPages.ts';
import { selectPackagePermissions } from '../../persistence/packages.ts';
import { selectFacts, selectStatuses } from '../../persistence/statuses.ts';
import { type DriftKind, driftKind } from '../core/driftKind.ts';
import { type EffectiveAccess, effectiveAccess, fullAccess } from '../core/effectiveAccess.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { classifyStatus } from '../core/status.ts';
import { getPackage } from '../operations/loadPackage.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';
import type { PermissionStatus } from './userDetails.ts';

/** One (package, member, permission). */
export interface ExportedStatus extends PermissionStatus {
  packageNumber: number;
  person: ExportedPerson;
  /** What the person has of the permission: in a drift effectively, else as the status takes it, suspended or not. */
  has: EffectiveAccess | null;
}

/** A status that has drifted. */
export interface ExportedDrift extends ExportedStatus {
  drift: DriftKind;
  /** An administrator decided that it may stay so, and nothing has changed since. */
  accepted: boolean;
}

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

/** Few enough that nothing else of the process waits for long, and enough that the way to the database does not count. */
const PAGE_SIZES: PageSizes = { members: 100, people: 250 };

/** What an actor may export: everything of the organization. Needs `view`. @throws EngineError `not_allowed`. */
export function exportsAs(context: EngineContext, actor: Actor, pageSizes = PAGE_SIZES): Exports {
  requireMay(actor, 'view');
  return exportsOf(context, actor.organizationId, pageSizes);
}

/** The exports of an organization for whoever runs the program on its server: not authorized here. */
export function exportsOf(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  pageSizes = PAGE_SIZES,
): Exports {
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

  /** The cells of some members, in the order of the people and of the package's permissions. */
  async function statusesOf(number: number, people: readonly ExportedPerson[]): Promise<ExportedStatus[]> {
    const userIds = people.map(({ userId }) => userId);
    const permissions = await selectPackagePermissions(prisma, organizationId, number);
    const cells = await selectFacts(prisma, organizationId, number, userIds);
    const byCell = new Map(cells.map((cell) => [cellKey(cell), cell]));
    return people.flatMap((person) =>
      permissions.flatMap((permission) => {
        const cell = byCell.get(cellKey({ userId: person.userId, permissionId: permission.permissionId }));
        if (!cell) return [];
        const { facts, changed } = cell;
        const has = effectiveAccess({ ...facts, full: fullAccess(permission), sourceState: 'active' });
        return [{ packageNumber: number, person, permission, facts, status: classifyStatus(facts), changed, has }];
      }),
    );
  }

  async function driftOf(number: number, people: readonly ExportedPerson[]): Promise<ExportedDrift[]> {
    const userIds = people.map(({ userId }) => userId);
    // Most members are in line with their package: who is not is found before anything more is read of them
    const statuses = await selectStatuses(prisma, organizationId, number, userIds);
    const drifted = new Set(statuses.flatMap(({ kind, userId }) => (isInLine(kind) ? [] : [userId])));
    if (drifted.size === 0) return [];
    const cells = await statusesOf(
      number,
      people.filter(({ userId }) => drifted.has(userId)),
    );
    const sources = new Set(cells.flatMap(({ facts: { row } }) => row?.packageNumber ?? []));
    const disabled = new Set(await selectDisabledAmong(prisma, organizationId, [...sources]));
    const deviations = await selectAcceptedDeviations(prisma, organizationId, number, [...drifted]);
    const accepted = new Set(deviations.map(cellKey));
    return cells.flatMap((cell) => {
      const { facts, permission, person, status } = cell;
      const suspended = facts.row !== null && disabled.has(facts.row.packageNumber ?? 0);
      const full = fullAccess(permission);
      const has = effectiveAccess({ ...facts, full, sourceState: suspended ? 'disabled' : 'active' });
      const drift = driftKind(facts, status, has);
      const key = cellKey({ userId: person.userId, permissionId: permission.permissionId });
      return drift === null ? [] : [{ ...cell, has, drift, accepted: accepted.has(key) }];
    });
  }

  async function* pagesOfPackages<Line>(
    numbers: readonly number[],
    onlyActive: boolean,
    linesOf: (number: number, people: readonly ExportedPerson[]) => Promise<Line[]>,
  ): Pages<Line> {
    for (const number of numbers) {
      for await (const people of memberPages(number, onlyActive)) yield await linesOf(number, people);
    }
  }

  return {
    statuses: async (number) => pagesOfPackages(await numbersOf(number, false), false, statusesOf),
    drift: async (number) => pagesOfPackages(await numbersOf(number, true), true, driftOf),
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

function isInLine(kind: ExportedStatus['status']['kind']): boolean {
  return kind === 'active' || kind === 'founder';
}

function cellKey({ userId, permissionId }: { userId: number; permissionId: number }): string {
  return `${userId}/${permissionId}`;
}
