/**
 * The badges of DOMAIN 3, worked out from an import file alone: a naive, independent model, written from the table and
 * not from the program. Slow and simple on purpose.
 */

interface FilePermission {
  application: string;
  permission: string;
  value: string;
  param?: string[];
}

export interface OrganizationFile {
  structures: { code: string; parent: string | null }[];
  users: { code: string; structure: string; founder?: boolean; slackUserId?: string }[];
  groups: { code: string; members: string[] }[];
  applications: { key: string; permissions: { key: string; levels: string[] }[] }[];
  packages: {
    number: number;
    state: string;
    permissions: (FilePermission & { removed?: boolean })[];
    members: string[];
    former: string[];
  }[];
  authorizations: (FilePermission & { user: string; active: boolean; source: string; disabledBy?: string })[];
  profiles: {
    application: string;
    name: string;
    permissions: Omit<FilePermission, 'application'>[];
    users: string[];
  }[];
  rules: (FilePermission & { name: string; group?: string; structure?: string })[];
}

/** English badge of every (package, member, permission), by `N/code/application/permission`. */
export function independentBadges(file: OrganizationFile): Map<string, string> {
  const badges = new Map<string, string>();
  for (const pack of file.packages) {
    for (const code of [...pack.members, ...pack.former]) {
      for (const permission of pack.permissions) {
        const key = `${pack.number}/${code}/${permission.application}/${permission.permission}`;
        badges.set(key, badge(file, pack, permission, code));
      }
    }
  }
  return badges;
}

function badge(
  file: OrganizationFile,
  pack: OrganizationFile['packages'][number],
  permission: OrganizationFile['packages'][number]['permissions'][number],
  code: string,
): string {
  const user = file.users.find((each) => each.code === code);
  if (user?.founder) return 'Founder';
  const same = (each: FilePermission) =>
    each.application === permission.application && each.permission === permission.permission;
  const row = file.authorizations.find((each) => each.user === code && same(each));
  const removed = permission.removed ?? false;
  if (row?.active) {
    if (row.source !== 'manual' && row.source !== `package:${pack.number}`) return `Other Package (${row.source})`;
    const value = row.value !== permission.value;
    const param = asSet(row.param) !== asSet(permission.param);
    const divergent = `Divergent (${value && param ? 'All' : value ? 'Value' : 'Param'})`;
    if (row.source === 'manual') return removed ? 'Active Manual' : value || param ? divergent : 'Manual (coincident)';
    return removed ? 'Active Legacy' : value || param ? divergent : 'Active';
  }
  if (row && (row.disabledBy ?? 'manual') === 'manual') return removed ? 'Archived' : 'Disabled Manual';
  const levels =
    file.applications
      .find(({ key }) => key === permission.application)
      ?.permissions.find(({ key }) => key === permission.permission)?.levels ?? [];
  const best = (grants: { name: string; value: string }[]) =>
    grants.sort((a, b) => levels.indexOf(b.value) - levels.indexOf(a.value) || (a.name < b.name ? -1 : 1))[0];
  const profile = best(
    file.profiles
      .filter(({ users }) => users.includes(code))
      .flatMap(({ name, application, permissions }) =>
        permissions.filter((each) => same({ ...each, application })).map(({ value }) => ({ name, value })),
      ),
  );
  if (profile) return `Profile: ${profile.name}`;
  const rule = best(file.rules.filter((each) => same(each) && reaches(file, each, code)));
  if (rule) return `Auto (${rule.name})`;
  if (row && removed) return 'Archived';
  if (pack.former.includes(code)) return 'Disabled Assignment';
  return 'Not granted';
}

function reaches(file: OrganizationFile, rule: OrganizationFile['rules'][number], code: string): boolean {
  if (rule.group) return file.groups.find((group) => group.code === rule.group)?.members.includes(code) ?? false;
  let at = file.users.find((user) => user.code === code)?.structure ?? null;
  while (at !== null) {
    if (at === rule.structure) return true;
    at = file.structures.find((structure) => structure.code === at)?.parent ?? null;
  }
  return false;
}

function asSet(param: string[] | undefined): string {
  if (!param) return '';
  return param.includes('*') ? '*' : [...new Set(param)].sort().join();
}
