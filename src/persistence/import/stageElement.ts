import type { Element, ListSection, Loose } from '../../engine/core/importFormat.ts';
import { searchText } from '../../engine/core/searchText.ts';
import type { AuthorizationTerms } from './authorizationTerms.ts';
import type { CopyWriter } from './copyWriter.ts';
import { parameterColumns } from './parameterColumns.ts';

/** Where elements are staged. */
export interface Staging {
  writer: CopyWriter;
  terms: AuthorizationTerms;
}

type Stage<S extends ListSection> = (element: Loose<Element<S>>, i: number, staging: Staging) => void;

/** How an element of each section becomes rows of the staging tables. Columns are in the order of the tables. */
export const STAGE: { [S in ListSection]: Stage<S> } = {
  structures({ code, name, parent }, i, { writer }) {
    writer.add('import_structures', [i, code, name, parent, searchText(code ?? '', name ?? '')]);
  },
  users({ code, name, email, slackUserId, structure, founder, left }, i, { writer }) {
    const search = searchText(code ?? '', name ?? '', email ?? '');
    writer.add('import_users', [i, code, name, email, slackUserId, structure, founder, left, search]);
  },
  groups({ code, name, members }, i, { writer }) {
    writer.add('import_groups', [i, code, name]);
    members?.forEach((member, j) => {
      writer.add('import_group_members', [i, j, member]);
    });
  },
  applications({ key, name, permissions }, i, { writer }) {
    writer.add('import_applications', [i, key, name]);
    permissions?.forEach((permission, j) => {
      const levels = permission?.levels?.every((level) => level !== undefined) ? permission.levels : undefined;
      const own = [permission?.key, permission?.name, permission?.main];
      writer.add('import_permissions', [i, j, key, ...own, levels as string[] | undefined, permission?.scope]);
    });
  },
  packages({ number, name, description, structures, state, permissions, members, former }, i, { writer }) {
    const search = searchText(String(number ?? ''), name ?? '', description ?? '');
    writer.add('import_packages', [i, number, name, description, state, search]);
    structures?.forEach((structure, j) => {
      writer.add('import_package_structures', [i, j, structure]);
    });
    permissions?.forEach((granted, j) => {
      const live = granted?.removed === undefined ? undefined : !granted.removed;
      const columns = [
        granted?.application,
        granted?.permission,
        granted?.value,
        ...parameterColumns(granted?.param),
        live,
      ];
      writer.add('import_package_permissions', [i, j, ...columns]);
    });
    members?.forEach((member, j) => {
      writer.add('import_members', [i, j, member, 'active']);
    });
    former?.forEach((member, j) => {
      writer.add('import_members', [i, j, member, 'former']);
    });
  },
  authorizations(authorization, i, { terms }) {
    terms.stage(authorization, i);
  },
  profiles({ application, name, permissions, users }, i, { writer }) {
    writer.add('import_profiles', [i, application, name]);
    permissions?.forEach((granted, j) => {
      const columns = [application, granted?.permission, granted?.value, ...parameterColumns(granted?.param)];
      writer.add('import_profile_permissions', [i, j, ...columns]);
    });
    users?.forEach((user, j) => {
      writer.add('import_profile_users', [i, j, user]);
    });
  },
  rules({ name, group, structure, application, permission, value, param }, i, { writer }) {
    const columns = [name, group, structure, application, permission, value, ...parameterColumns(param)];
    writer.add('import_rules', [i, ...columns]);
  },
  administrators({ user, metaPermissions }, i, { writer }) {
    writer.add('import_administrators', [i, user]);
    metaPermissions?.forEach((metaPermission, j) => {
      writer.add('import_meta_permissions', [i, j, metaPermission]);
    });
  },
};
