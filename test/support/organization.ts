import { META_PERMISSIONS, type MetaPermission } from '../../src/engine/core/metaPermissions.ts';
import { searchText } from '../../src/engine/core/searchText.ts';
import type { ActorRef, EngineContext } from '../../src/engine/operations/runOperation.ts';
import type { Database } from '../../src/persistence/database.ts';

/** A small organization: one application "registry" with three permissions, one "tickets"; an administrator "ADMIN", who holds every meta-permission. */
export interface TestOrganization {
  id: number;
  context: EngineContext;
  admin: ActorRef;
  /** Permission ids by `application/key`. */
  permissions: Record<'registry/open' | 'registry/records' | 'registry/grades' | 'tickets/open', number>;
  structureId: number;
  groupId: number;
  /** Adds people; gives their ids in the same order. */
  addUsers(...codes: string[]): Promise<number[]>;
  addFounder(code: string): Promise<number>;
  addAdministrator(code: string, ...metaPermissions: MetaPermission[]): Promise<ActorRef>;
  addPackage(
    number: number,
    permissions: Partial<Record<PermissionName, [value: string, param?: string]>>,
  ): Promise<void>;
  addRow(userId: number, permission: PermissionName, row: TestRow): Promise<void>;
  addMember(number: number, userId: number, state?: 'active' | 'former'): Promise<void>;
  addProfile(name: string, permission: PermissionName, value: string, ...userIds: number[]): Promise<void>;
  addRule(name: string, permission: PermissionName, value: string, ...userIds: number[]): Promise<void>;
}

export type PermissionName = keyof TestOrganization['permissions'];

export interface TestRow {
  value: string;
  param?: string;
  packageNumber?: number | null;
  reason?: 'manual' | 'unassignment' | 'removal';
}

const CATALOG = [
  {
    key: 'registry',
    name: 'Student Registry',
    permissions: [
      { key: 'open', name: 'Open the registry', isMain: true, levels: ['granted'], scope: 'none' },
      {
        key: 'records',
        name: 'Student records',
        isMain: false,
        levels: ['view', 'edit', 'admin'],
        scope: 'structures',
      },
      { key: 'grades', name: 'Grades', isMain: false, levels: ['view', 'enter'], scope: 'structures' },
    ],
  },
  {
    key: 'tickets',
    name: 'Help Desk',
    permissions: [{ key: 'open', name: 'Open the help desk', isMain: true, levels: ['granted'], scope: 'none' }],
  },
] as const;

/** The moment at which tests live. */
export const TEST_NOW = new Date('2026-05-03T10:00:00Z');

/** Creates a {@link TestOrganization} in `database`; several may share one database. */
export async function createOrganization(database: Database, name = 'Test City'): Promise<TestOrganization> {
  const { prisma } = database;
  const { id } = await prisma.organization.create({ data: { name, timeZone: 'Europe/Madrid', locale: 'en' } });
  const structure = await prisma.structure.create({
    data: { organizationId: id, code: 'REG', name: 'Registry', path: [], searchText: 'reg registry' },
  });
  const structureId = structure.id;
  const key = { organizationId_id: { organizationId: id, id: structureId } };
  await prisma.structure.update({ where: key, data: { path: [structureId] } });
  const group = await prisma.group.create({ data: { organizationId: id, code: 'rota', name: 'Rota' } });
  const permissions: Record<string, number> = {};
  for (const application of CATALOG) {
    const { id: applicationId } = await prisma.application.create({
      data: { organizationId: id, key: application.key, name: application.name },
    });
    for (const permission of application.permissions) {
      const created = await prisma.permission.create({
        data: { organizationId: id, applicationId, ...permission, levels: [...permission.levels] },
      });
      permissions[`${application.key}/${permission.key}`] = created.id;
    }
  }
  const permissionId = (permission: PermissionName) => permissions[permission] as number;
  const addUser = async (code: string, founder: boolean) => {
    const data = { organizationId: id, code, name: `Person ${code}`, email: `${code.toLowerCase()}@test.example` };
    const created = await prisma.user.create({
      data: {
        ...data,
        slackUserId: `U0${id}${code}`,
        structureId,
        founder,
        searchText: searchText(code, data.name, data.email),
      },
    });
    return created.id;
  };
  const organization: Omit<TestOrganization, 'admin'> = {
    id,
    context: { database, now: () => TEST_NOW },
    permissions: permissions as TestOrganization['permissions'],
    structureId,
    groupId: group.id,
    async addUsers(...codes) {
      const ids: number[] = [];
      for (const code of codes) ids.push(await addUser(code, false));
      return ids;
    },
    addFounder: (code) => addUser(code, true),
    async addAdministrator(code, ...metaPermissions) {
      const userId = await addUser(code, false);
      await prisma.metaPermission.createMany({
        data: metaPermissions.map((metaPermission) => ({ organizationId: id, userId, metaPermission })),
      });
      return { organizationId: id, userId };
    },
    async addPackage(number, wanted) {
      const title = `Package ${number}`;
      await prisma.package.create({
        data: { organizationId: id, number, name: title, searchText: searchText(String(number), title) },
      });
      await prisma.packagePermission.createMany({
        data: Object.entries(wanted).map(([permission, [value, param = '']]) => ({
          ...{ organizationId: id, packageNumber: number, value, param },
          permissionId: permissionId(permission as PermissionName),
        })),
      });
    },
    async addRow(userId, permission, { value, param = '', packageNumber = null, reason }) {
      const data = { value, param, packageNumber, active: !reason, reason: reason ?? null };
      await prisma.appAuth.create({
        data: { organizationId: id, userId, permissionId: permissionId(permission), ...data },
      });
    },
    async addMember(packageNumber, userId, state = 'active') {
      await prisma.assignment.create({ data: { organizationId: id, packageNumber, userId, state } });
    },
    async addProfile(profileName, permission, value, ...userIds) {
      const found = await prisma.permission.findFirstOrThrow({
        where: { organizationId: id, id: permissionId(permission) },
      });
      const profile = await prisma.profile.create({
        data: { organizationId: id, applicationId: found.applicationId, name: profileName },
      });
      const profileId = profile.id;
      await prisma.profilePermission.create({
        data: { organizationId: id, profileId, permissionId: permissionId(permission), value },
      });
      await prisma.profileUser.createMany({
        data: userIds.map((userId) => ({ organizationId: id, profileId, userId })),
      });
    },
    async addRule(ruleName, permission, value, ...userIds) {
      await prisma.rule.create({
        data: { organizationId: id, name: ruleName, groupId: group.id, permissionId: permissionId(permission), value },
      });
      await prisma.groupMember.createMany({
        data: userIds.map((userId) => ({ organizationId: id, groupId: group.id, userId })),
        skipDuplicates: true,
      });
    },
  };
  return { ...organization, admin: await organization.addAdministrator('ADMIN', ...META_PERMISSIONS) };
}
