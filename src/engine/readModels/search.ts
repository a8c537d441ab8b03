import {
  type Application,
  type CatalogPermission,
  findApplication,
  findPermission,
  searchApplications,
  searchPermissions,
} from '../../persistence/catalog.ts';
import { findGroupsByIds, type Group, searchGroups } from '../../persistence/groupChoice.ts';
import { selectPeople } from '../../persistence/people/selectPeople.ts';
import {
  findStructures,
  findStructuresByIds,
  type Structure,
  searchStructures,
  selectStructureCodes,
} from '../../persistence/structures.ts';
import {
  findUser,
  findUsersByCodes,
  type Person,
  searchUsers,
  selectLeft,
  selectUsers,
} from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { Application, CatalogPermission, Group, Person, Structure };

/** What the search boxes of Slack ask. Every answer is of the actor's organization and needs `view`. */
export interface Search {
  /** People to choose from: nobody who left. */
  people(text: string, limit: number): Promise<Person[]>;
  /** People to look for, whether they left or not. */
  everybody(text: string, limit: number): Promise<Person[]>;
  peopleByIds(userIds: readonly number[]): Promise<Person[]>;
  peopleByCodes(codes: readonly string[]): Promise<{ userIds: number[]; unknown: string[] }>;
  /** Those of some people who left, by name, the first of them. */
  peopleWhoLeft(userIds: readonly number[], limit: number): Promise<Person[]>;
  person(by: { userId: number } | { code: string } | { slackUserId: string }): Promise<Person | null>;
  structures(
    text: string,
    page: { offset: number; limit: number },
  ): Promise<{ structures: Structure[]; total: number }>;
  structuresByCodes(codes: readonly string[]): Promise<Structure[]>;
  /** Every code that a filter shows: what Select all takes. */
  structureCodes(text: string): Promise<string[]>;
  applications(text: string, limit: number): Promise<Application[]>;
  application(applicationId: number): Promise<Application | null>;
  permissions(applicationId: number, text: string, limit: number): Promise<CatalogPermission[]>;
  permission(permissionId: number): Promise<CatalogPermission | null>;
  /** Structures by id, those that are retired or unknown left out. */
  structuresByIds(ids: readonly number[]): Promise<Structure[]>;
  groups(text: string, limit: number): Promise<Group[]>;
  groupsByIds(ids: readonly number[]): Promise<Group[]>;
}

/** The searches of one actor. @throws EngineError `not_allowed`. */
export function searchAs({ database: { prisma } }: EngineContext, actor: Actor): Search {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  return {
    people: (text, limit) => searchUsers(prisma, organizationId, text, limit),
    everybody: async (text, limit) =>
      (await selectPeople(prisma, organizationId, { text, filter: 'everybody', offset: 0, limit })).people,
    peopleByIds: (userIds) => selectUsers(prisma, organizationId, userIds),
    peopleByCodes: (codes) => findUsersByCodes(prisma, organizationId, codes),
    peopleWhoLeft: (userIds, limit) => selectLeft(prisma, organizationId, userIds, limit),
    person: (by) => findUser(prisma, organizationId, by),
    structures: (text, page) => searchStructures(prisma, organizationId, text, page),
    structuresByCodes: (codes) => findStructures(prisma, organizationId, codes),
    structureCodes: (text) => selectStructureCodes(prisma, organizationId, text),
    applications: (text, limit) => searchApplications(prisma, organizationId, text, limit),
    application: (applicationId) => findApplication(prisma, organizationId, applicationId),
    permissions: (applicationId, text, limit) => searchPermissions(prisma, organizationId, applicationId, text, limit),
    permission: (permissionId) => findPermission(prisma, organizationId, permissionId),
    structuresByIds: (ids) => findStructuresByIds(prisma, organizationId, ids),
    groups: (text, limit) => searchGroups(prisma, organizationId, text, limit),
    groupsByIds: (ids) => findGroupsByIds(prisma, organizationId, ids),
  };
}
