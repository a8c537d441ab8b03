import type { TestDatabase } from '../support/database.ts';
import type { PermissionName } from '../support/organization.ts';
import type { SlackOrganization } from './support.ts';

/** Somebody at Manage Permissions of "ANA", and what is stored of her. */
export interface ManageDesk {
  rowOf(permission: PermissionName): Promise<object | null>;
  /** Opens her applications, asked for as it is typed after the command. */
  openPerson(who?: string): Promise<string>;
  /** Opens them, and the registry among them. */
  openRegistry(): Promise<string>;
  /** Where to look for the buttons of a permission. */
  of(permission: PermissionName): { blockId: string };
  /** Makes her a member of package 1 with its two rows. */
  addMember(): Promise<void>;
}

export function createManageDesk(test: TestDatabase, city: SlackOrganization): ManageDesk {
  const { organization, admin } = city;
  const userId = city.idOf('ANA');
  const openPerson = async (who = '@person.ana') => {
    await admin.command(`/package grant ${who}`);
    return admin.waitForScreen('# Manage Permissions\n*Person ANA* `ANA`');
  };
  return {
    openPerson,
    async rowOf(permission) {
      const where = { organizationId: organization.id, userId, permissionId: organization.permissions[permission] };
      const row = await test.database.prisma.appAuth.findFirst({ where });
      if (!row) return null;
      const { value, param, packageNumber: source, active, reason } = row;
      return { value, param, source, active, reason };
    },
    async openRegistry() {
      await openPerson();
      await admin.click('Open');
      return admin.waitForScreen('# Manage Permissions\n## Student Registry');
    },
    of: (permission) => ({ blockId: `grant_${organization.permissions[permission]}` }),
    async addMember() {
      await organization.addMember(1, userId);
      await organization.addRow(userId, 'registry/open', { value: 'granted', packageNumber: 1 });
      await organization.addRow(userId, 'registry/records', { value: 'edit', param: 'REG', packageNumber: 1 });
    },
  };
}
