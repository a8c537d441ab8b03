import type { Element, ListSection, Loose } from '../../engine/core/importFormat.ts';
import type { ProblemList } from './problems.ts';

type LooseElement<S extends ListSection> = Loose<Element<S>>;
/** `raw` is the element as it stands in the file, for what its wrong parts still say. */
type Examine<S extends ListSection> = (
  element: LooseElement<S>,
  place: string,
  problems: ProblemList,
  raw: object,
) => void;

/** What an element contradicts in itself, beyond the shape that its schema checks. */
export const EXAMINE: { [S in ListSection]: Examine<S> } = {
  structures() {},
  users() {},
  groups({ members }, place, problems) {
    reportRepeated(members, `${place}.members`, problems);
  },
  applications({ permissions = [] }, place, problems) {
    reportRepeated(
      permissions.map((permission) => permission?.key),
      `${place}.permissions`,
      problems,
      '.key',
    );
    const mains = permissions.flatMap((permission, j) => (permission?.main ? [j] : []));
    for (const j of mains.slice(1)) {
      const first = `${place}.permissions[${mains[0]}]`;
      problems.add(`${place}.permissions[${j}].main`, `only one permission can be MAIN, and ${first} already is`);
    }
    permissions.forEach((permission, j) => {
      reportRepeated(permission?.levels, `${place}.permissions[${j}].levels`, problems);
    });
  },
  packages({ structures, permissions, members = [], former = [] }, place, problems) {
    reportRepeated(structures, `${place}.structures`, problems);
    reportRepeated(
      permissions?.map((granted) => joined(granted?.application, granted?.permission)),
      `${place}.permissions`,
      problems,
    );
    reportRepeated(members, `${place}.members`, problems);
    reportRepeated(former, `${place}.former`, problems);
    if (former.length === 0) return;
    const memberAt = new Map(members.map((code, j) => [code, j]));
    former.forEach((code, j) => {
      const at = code === undefined ? undefined : memberAt.get(code);
      if (at !== undefined) {
        problems.add(`${place}.former[${j}]`, `"${code}" is also a member (${place}.members[${at}]): it must be one`);
      }
    });
  },
  authorizations({ active, disabledBy }, place, problems) {
    if (active && disabledBy) problems.add(`${place}.disabledBy`, 'is only for an authorization that is not active');
  },
  profiles({ permissions, users }, place, problems) {
    reportRepeated(
      permissions?.map((granted) => granted?.permission),
      `${place}.permissions`,
      problems,
      '.permission',
    );
    reportRepeated(users, `${place}.users`, problems);
  },
  rules(_, place, problems, raw) {
    const audiences = ['group', 'structure'].filter((field) => Object.hasOwn(raw, field)).length;
    if (audiences === 2) problems.add(place, 'has both a group and a structure: it must be one of them');
    if (audiences === 0) problems.add(place, 'has neither a group nor a structure: it must be one of them');
  },
  administrators({ metaPermissions }, place, problems) {
    reportRepeated(metaPermissions, `${place}.metaPermissions`, problems);
  },
};

/** Tells every value of a list that stands there a second time. */
function reportRepeated(
  list: readonly (string | undefined)[] | undefined,
  place: string,
  problems: ProblemList,
  field = '',
): void {
  if (!list || new Set(list).size === list.length) return;
  const first = new Map<string, number>();
  list.forEach((value, j) => {
    if (value === undefined) return;
    const at = first.get(value);
    if (at === undefined) first.set(value, j);
    else problems.add(`${place}[${j}]${field}`, `"${value}" is already at ${place}[${at}]`);
  });
}

function joined(application: string | undefined, permission: string | undefined): string | undefined {
  return application === undefined || permission === undefined ? undefined : `${application}/${permission}`;
}
