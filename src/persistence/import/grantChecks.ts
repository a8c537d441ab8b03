import type { Check } from './referenceChecks.ts';

/** A staged table whose rows grant a permission with a value and a parameter. */
interface Granting {
  from: string;
  /** SQL expressions over the row `r`: its place, and the index of its part. */
  place: string;
  part: string;
}

const PACKAGE_PERMISSIONS: Granting = {
  from: 'import_package_permissions',
  place: `format('packages[%s].permissions[%s]', r.i, r.j)`,
  part: 'r.j',
};
const PROFILE_PERMISSIONS: Granting = {
  from: 'import_profile_permissions',
  place: `format('profiles[%s].permissions[%s]', r.i, r.j)`,
  part: 'r.j',
};
const RULES: Granting = { from: 'import_rules', place: `format('rules[%s]', r.i)`, part: '0' };

/** Only the few that were found wrong while they were resolved: what is wrong with them is said by the same checks. */
const AUTHORIZATIONS: Granting = {
  from: `(SELECT a.i, a.user_code, t.* FROM import_authorizations a JOIN import_terms t ON t.id = a.terms
          WHERE a.i IN (SELECT i FROM import_rows WHERE wrong))`,
  place: `format('authorizations[%s]', r.i)`,
  part: '0',
};

function check({ from, place, part }: Granting, join: string, field: string, message: string): Check {
  return {
    needs: ['applications'],
    sql: `SELECT r.i, ${part} AS j, ${place} || '.${field}' AS place, ${message} AS message FROM ${from} r ${join}`,
  };
}

const PERMISSION = 'JOIN import_permission_ids p ON p.application = r.application AND p.key = r.permission';

function unknownApplication(granting: Granting): Check {
  return check(
    granting,
    'WHERE r.application NOT IN (SELECT key FROM import_application_ids)',
    'application',
    `format('no application "%s"', r.application)`,
  );
}

function grantChecks(granting: Granting): Check[] {
  return [
    check(
      granting,
      `WHERE r.application IN (SELECT key FROM import_application_ids) AND r.permission IS NOT NULL
         AND NOT EXISTS (SELECT FROM import_permission_ids p WHERE p.application = r.application AND p.key = r.permission)`,
      'permission',
      `format('no permission "%s" in application "%s"', r.permission, r.application)`,
    ),
    check(
      granting,
      `${PERMISSION} WHERE r.value <> ALL (p.levels)`,
      'value',
      `format('"%s" is not a level of %s/%s (%s)', r.value, p.application, p.key, array_to_string(p.levels, ', '))`,
    ),
    check(
      granting,
      `${PERMISSION} WHERE p.scope = 'none' AND r.param <> ''`,
      'param',
      `format('%s/%s has scope none: it takes no structures', p.application, p.key)`,
    ),
    unknownStructures(granting),
  ];
}

function unknownStructures({ from, place, part }: Granting): Check {
  return {
    needs: ['structures'],
    sql: `
      SELECT r.i, ${part} AS j, format('%s.param[%s]', ${place}, given.position - 1) AS place,
             format('no structure "%s"', given.code) AS message
      FROM ${from} r,
           unnest(string_to_array(coalesce(r.param_as_given, r.param), ',')) WITH ORDINALITY AS given (code, position)
      WHERE given.code NOT IN ('', '*') AND given.code NOT IN (SELECT code FROM import_structure_ids)`,
  };
}

/** The permissions that packages, profiles and rules grant. */
export const GRANT_CHECKS: readonly Check[] = [
  unknownApplication(PACKAGE_PERMISSIONS),
  ...grantChecks(PACKAGE_PERMISSIONS),
  ...grantChecks(PROFILE_PERMISSIONS),
  unknownApplication(RULES),
  ...grantChecks(RULES),
];

/** What is wrong with authorizations; worth running only where some were found wrong or repeated. */
export const AUTHORIZATION_CHECKS: readonly Check[] = [
  {
    needs: ['users'],
    sql: `
      SELECT r.i, 0 AS j, ${AUTHORIZATIONS.place} || '.user' AS place,
             CASE WHEN u.founder THEN format('"%s" is a founder: nothing is written for a founder', r.user_code)
                  ELSE format('no user "%s"', r.user_code) END AS message
      FROM ${AUTHORIZATIONS.from} r
      LEFT JOIN import_user_ids u ON u.code = r.user_code
      WHERE r.user_code IS NOT NULL AND (u.code IS NULL OR u.founder)`,
  },
  unknownApplication(AUTHORIZATIONS),
  ...grantChecks(AUTHORIZATIONS),
  {
    needs: ['packages'],
    sql: `
      SELECT r.i, 0 AS j, ${AUTHORIZATIONS.place} || '.source' AS place,
             format('no package %s', r.package_number) AS message
      FROM ${AUTHORIZATIONS.from} r
      WHERE r.package_number NOT IN (SELECT number FROM import_packages WHERE number IS NOT NULL)`,
  },
  {
    needs: [],
    sql: `
      SELECT r.i, 0 AS j, format('authorizations[%s]', r.i) AS place,
             format('"%s" already has %s/%s at authorizations[%s]: there is one for each user and permission',
                    a.user_code, t.application, t.permission, r.earlier) AS message
      FROM import_rows r
      JOIN import_authorizations a ON a.i = r.i
      JOIN import_terms t ON t.id = a.terms
      WHERE r.earlier IS NOT NULL AND r.user_id IS NOT NULL AND r.permission_id IS NOT NULL`,
  },
];
