import type { ListSection } from '../../engine/core/importFormat.ts';

/**
 * A check of the staged file: a query of (i, j, place, message), one row for each problem. It runs only where the file
 * has all that it `needs`, so that a missing section is told once and not at every reference to it.
 */
export interface Check {
  needs: readonly ListSection[];
  sql: string;
}

/** Elements that stand in the file twice. `place` is that of the element, `%s` its index. */
function repeated(table: string, key: string, place: string, field: string, shown: string): Check {
  const [section] = place.split('[');
  return {
    needs: [],
    sql: `
      SELECT i, 0 AS j, format('${place}${field}', i) AS place,
             format('"%s" is already at ${section}[%s]', ${shown}, earlier) AS message
      FROM (SELECT *, first_value(i) OVER (PARTITION BY ${key} ORDER BY i) AS earlier FROM ${table}
            WHERE num_nulls(${key}) = 0) r
      WHERE earlier < i`,
  };
}

interface Reference {
  table: string;
  column: string;
  to: 'structures' | 'users' | 'groups' | 'applications';
  /** Place of the reference; `%s` is the index of the element, a second one that of the part. */
  place: string;
}

/** Where the codes of each section are found, and what one is called. */
const TARGETS = {
  structures: { ids: 'import_structure_ids', key: 'code', word: 'structure' },
  users: { ids: 'import_user_ids', key: 'code', word: 'user' },
  groups: { ids: 'import_group_ids', key: 'code', word: 'group' },
  applications: { ids: 'import_application_ids', key: 'key', word: 'application' },
} as const;

/** Codes that name nothing in the file. */
function unknown({ table, column, to, place }: Reference): Check {
  const { ids, key, word } = TARGETS[to];
  const ofPart = place.split('%s').length > 2;
  return {
    needs: [to],
    sql: `
      SELECT r.i, ${ofPart ? 'r.j' : '0'} AS j, format('${place}', r.i${ofPart ? ', r.j' : ''}) AS place,
             format('no ${word} "%s"', r.${column}) AS message
      FROM ${table} r
      WHERE r.${column} IS NOT NULL AND NOT EXISTS (SELECT FROM ${ids} k WHERE k.${key} = r.${column})`,
  };
}

const REFERENCES: readonly Reference[] = [
  { table: 'import_structures', column: 'parent', to: 'structures', place: 'structures[%s].parent' },
  { table: 'import_users', column: 'structure', to: 'structures', place: 'users[%s].structure' },
  { table: 'import_group_members', column: 'user_code', to: 'users', place: 'groups[%s].members[%s]' },
  { table: 'import_package_structures', column: 'structure', to: 'structures', place: 'packages[%s].structures[%s]' },
  {
    ...{ table: `(SELECT * FROM import_members WHERE state = 'active')`, column: 'user_code' },
    ...{ to: 'users', place: 'packages[%s].members[%s]' },
  },
  {
    ...{ table: `(SELECT * FROM import_members WHERE state = 'former')`, column: 'user_code' },
    ...{ to: 'users', place: 'packages[%s].former[%s]' },
  },
  { table: 'import_profiles', column: 'application', to: 'applications', place: 'profiles[%s].application' },
  { table: 'import_profile_users', column: 'user_code', to: 'users', place: 'profiles[%s].users[%s]' },
  { table: 'import_rules', column: 'group_code', to: 'groups', place: 'rules[%s].group' },
  { table: 'import_rules', column: 'structure', to: 'structures', place: 'rules[%s].structure' },
  { table: 'import_administrators', column: 'user_code', to: 'users', place: 'administrators[%s].user' },
];

/**
 * Structures that are below themselves; each is told with the way round. A structure that merely hangs below such a
 * circle is not at fault. Repeated codes are taken once, or the ways would multiply.
 */
const CIRCLES: Check = {
  needs: ['structures'],
  sql: `
    SELECT i, 0 AS j, format('structures[%s].parent', i) AS place,
           format('"%s" is below itself (%s)', code, array_to_string(way || parent, ' → ')) AS message
    FROM (
      WITH RECURSIVE distinct_structure AS (
        SELECT DISTINCT ON (code) i, code, parent FROM import_structures WHERE code IS NOT NULL ORDER BY code, i
      ), up AS (
        SELECT i, code, parent, ARRAY[code] AS way FROM distinct_structure WHERE parent IS NOT NULL
        UNION ALL
        SELECT up.i, up.code, s.parent, up.way || s.code
        FROM up JOIN distinct_structure s ON s.code = up.parent AND s.parent IS NOT NULL
        WHERE up.parent <> ALL (up.way)
      )
      SELECT i, code, parent, way FROM up WHERE parent = code
    ) circle`,
};

/** Everything about the file's elements except the permissions that they grant. */
export const ELEMENT_CHECKS: readonly Check[] = [
  repeated('import_structures', 'code', 'structures[%s]', '.code', 'code'),
  repeated('import_users', 'code', 'users[%s]', '.code', 'code'),
  repeated('import_users', 'slack_user_id', 'users[%s]', '.slackUserId', 'slack_user_id'),
  repeated('import_groups', 'code', 'groups[%s]', '.code', 'code'),
  repeated('import_applications', 'key', 'applications[%s]', '.key', 'key'),
  repeated('import_packages', 'number', 'packages[%s]', '.number', 'number'),
  repeated('import_profiles', 'application, name', 'profiles[%s]', '.name', 'name'),
  repeated('import_rules', 'name', 'rules[%s]', '.name', 'name'),
  repeated('import_administrators', 'user_code', 'administrators[%s]', '.user', 'user_code'),
  ...REFERENCES.map(unknown),
  CIRCLES,
];

/** A Slack account belongs to one person, also among those whom the file does not name. Takes the organization's id. */
export const TAKEN_SLACK_IDS = `
  SELECT s.i, 0 AS j, format('users[%s].slackUserId', s.i) AS place,
         format('"%s" belongs to "%s" (%s), who is not in this file', s.slack_user_id, t.code, t.name) AS message
  FROM import_users s
  JOIN users t ON t.organization_id = $1::int AND t.slack_user_id = s.slack_user_id
  WHERE NOT EXISTS (SELECT FROM import_user_ids k WHERE k.code = t.code)`;
