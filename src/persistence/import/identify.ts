import type { RawQuery } from '../rawQuery.ts';

/**
 * Gives every element of the file its id: the one that it has in the organization, or a new one. An element that
 * stands in the file twice is taken once, so that references to it are not doubled; the repetition is told elsewhere.
 */
export async function identify(query: RawQuery, organizationId: number): Promise<void> {
  for (const statement of IDENTIFY) await query(statement, [organizationId]);
}

/** The next id of a table; its sequence is looked up once, not for each row. */
const newId = (table: string) => `nextval((SELECT pg_get_serial_sequence('${table}', 'id')::regclass))::int`;

const IDENTIFY = [
  `INSERT INTO import_structure_ids (code, id)
   SELECT s.code, coalesce(t.id, ${newId('structures')})
   FROM (SELECT DISTINCT code FROM import_structures WHERE code IS NOT NULL ORDER BY code) s
   LEFT JOIN structures t ON t.organization_id = $1::int AND t.code = s.code`,
  `INSERT INTO import_user_ids (code, id, founder)
   SELECT s.code, coalesce(t.id, ${newId('users')}), s.founder
   FROM (SELECT code, bool_or(founder) AS founder FROM import_users WHERE code IS NOT NULL
         GROUP BY code ORDER BY code) s
   LEFT JOIN users t ON t.organization_id = $1::int AND t.code = s.code`,
  `INSERT INTO import_group_ids (i, code, id)
   SELECT s.i, s.code, coalesce(t.id, ${newId('groups')})
   FROM (SELECT code, min(i) AS i FROM import_groups WHERE code IS NOT NULL GROUP BY code ORDER BY code) s
   LEFT JOIN groups t ON t.organization_id = $1::int AND t.code = s.code`,
  `INSERT INTO import_application_ids (i, key, id)
   SELECT s.i, s.key, coalesce(t.id, ${newId('applications')})
   FROM (SELECT key, min(i) AS i FROM import_applications WHERE key IS NOT NULL GROUP BY key ORDER BY key) s
   LEFT JOIN applications t ON t.organization_id = $1::int AND t.key = s.key`,
  `INSERT INTO import_permission_ids (i, j, application, key, id, levels, scope)
   SELECT s.i, s.j, s.application, s.key, coalesce(t.id, ${newId('permissions')}), s.levels, s.scope
   FROM (SELECT DISTINCT ON (application, key) i, j, application, key, levels, scope
         FROM import_permissions WHERE application IS NOT NULL AND key IS NOT NULL
         ORDER BY application, key, i, j) s
   LEFT JOIN applications a ON a.organization_id = $1::int AND a.key = s.application
   LEFT JOIN permissions t ON t.organization_id = $1::int AND t.application_id = a.id AND t.key = s.key`,
  `INSERT INTO import_profile_ids (i, application, name, id)
   SELECT s.i, s.application, s.name, coalesce(t.id, ${newId('profiles')})
   FROM (SELECT application, name, min(i) AS i FROM import_profiles
         WHERE application IS NOT NULL AND name IS NOT NULL GROUP BY application, name ORDER BY application, name) s
   LEFT JOIN applications a ON a.organization_id = $1::int AND a.key = s.application
   LEFT JOIN profiles t ON t.organization_id = $1::int AND t.application_id = a.id AND t.name = s.name`,
  `INSERT INTO import_rule_ids (name, id)
   SELECT s.name, coalesce(t.id, ${newId('rules')})
   FROM (SELECT DISTINCT name FROM import_rules WHERE name IS NOT NULL ORDER BY name) s
   LEFT JOIN rules t ON t.organization_id = $1::int AND t.name = s.name`,
];

/** Resolves what authorizations say apart from the person. `wrong`: refers to something that is not there. */
const RESOLVE_TERMS = `
  INSERT INTO import_term_ids (terms, permission_id, wrong)
  SELECT t.id, p.id,
         p.id IS NULL OR t.value <> ALL (p.levels) OR (p.scope = 'none' AND t.param <> '')
           OR (t.package_number IS NOT NULL AND k.number IS NULL)
           OR EXISTS (SELECT FROM unnest(string_to_array(coalesce(t.param_as_given, t.param), ',')) AS given (code)
                      WHERE given.code NOT IN ('', '*')
                        AND given.code NOT IN (SELECT code FROM import_structure_ids))
  FROM import_terms t
  LEFT JOIN import_permission_ids p ON p.application = t.application AND p.key = t.permission
  LEFT JOIN (SELECT DISTINCT number FROM import_packages) k ON k.number = t.package_number`;

/** `earlier` is the index of the authorization before it for the same person and permission. */
const RESOLVE_ROWS = `
  INSERT INTO import_rows (i, user_id, permission_id, terms, wrong, earlier)
  SELECT a.i, u.id, k.permission_id, a.terms, u.id IS NULL OR u.founder OR k.wrong,
         lag(a.i) OVER (PARTITION BY u.id, k.permission_id ORDER BY a.i)
  FROM import_authorizations a
  LEFT JOIN import_user_ids u ON u.code = a.user_code
  LEFT JOIN import_term_ids k ON k.terms = a.terms
  ORDER BY u.id, k.permission_id, a.i`;

/** Resolves the authorizations to ids, in the order of the key of their table. */
export async function resolveAuthorizations(query: RawQuery): Promise<void> {
  await query(RESOLVE_TERMS, []);
  await query('ANALYZE import_term_ids', []);
  await query(RESOLVE_ROWS, []);
  await query('ANALYZE import_rows', []);
}
