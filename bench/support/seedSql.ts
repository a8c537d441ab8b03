import type { BenchOptions } from './options.ts';
import {
  ADMIN,
  LARGE_PACKAGE,
  ORGANIZATION,
  PERMISSIONS_PER_PACKAGE,
  SMALL_PACKAGE,
  TARGET_PACKAGE,
  TARGET_PERMISSIONS,
  TEAM_ID,
} from './world.ts';

/** Kept beside the seed: the rows on the target's permissions, to put back what a bench overwrote. */
export const SEEDED_ROWS = 'bench_seeded_rows';

const FIRST_NAMES = 'Ana,Ben,Carla,Dmitri,Elena,Farid,Greta,Hugo,Inés,Jonas,Katja,Luis,Mette,Nadia,Omar,Paula';
const LAST_NAMES = 'García,Novak,Bjørnstad,Okafor,Lindqvist,Moreau,Rossi,Haddad,Kowalski,Petrov,Sato,Duarte,Weiss';

/** A number from 0 to 99 that depends on the person and the permission alone. */
const CHANCE = 'abs(hashint8(m.user_id::bigint * 1000003 + pp.permission_id)) % 100';

/**
 * Statements that fill an empty, migrated database: an organization of `users` people and `packages` packages of 20
 * permissions, about 400,000 authorizations at the default sizes. The same sizes give the same rows.
 */
export function seedStatements({ users, packages, members }: BenchOptions): string[] {
  const org = ORGANIZATION;
  const lastTarget = TARGET_PERMISSIONS.at(-1) ?? 0;
  return [
    `INSERT INTO organizations (id, name, time_zone, locale, slack_team_id)
     VALUES (${org}, 'Bench City', 'Europe/Madrid', 'en', '${TEAM_ID}')`,
    `INSERT INTO structures (organization_id, id, code, name, parent_id, path, search_text)
     SELECT ${org}, s, 'S' || s, 'Structure ' || s, CASE WHEN s > 1 THEN 1 END,
            CASE WHEN s > 1 THEN ARRAY[1, s] ELSE ARRAY[1] END, 's' || s || ' structure ' || s
     FROM generate_series(1, 50) s`,
    // Codes are in another order than ids, as where people come and go
    `INSERT INTO users (organization_id, id, code, name, email, slack_user_id, structure_id, founder, search_text)
     SELECT ${org}, u, code, name, lower(code) || '@city.example', 'U' || lpad(u::text, 8, '0'), 1 + u % 50, u = 1,
            lower(code || ' ' || translate(name, 'íé', 'ie') || ' ' || code || '@city.example')
     FROM generate_series(1, ${users}) u
     CROSS JOIN LATERAL (SELECT 'P' || lpad((abs(hashint4(u)) % 9000000 * 10 + u % 10)::text, 8, '0') || u AS code,
            (string_to_array('${FIRST_NAMES}', ','))[1 + u % 16] || ' '
              || (string_to_array('${LAST_NAMES}', ','))[1 + u / 16 % 13] || ' ' || u AS name) named`,
    `INSERT INTO meta_permissions (organization_id, user_id, meta_permission)
     SELECT ${org}, ${ADMIN.userId}, unnest(ARRAY['define_packages', 'assign_packages', 'sync_packages', 'view'])`,
    `INSERT INTO groups (organization_id, id, code, name)
     SELECT ${org}, g, 'g' || g, 'Group ' || g FROM generate_series(1, 20) g`,
    `INSERT INTO group_members (organization_id, group_id, user_id)
     SELECT ${org}, 1 + u % 20, u FROM generate_series(1, ${users}) u WHERE u % 5 = 0`,
    `INSERT INTO applications (organization_id, id, key, name)
     SELECT ${org}, a, 'app' || a, 'Application ' || a FROM generate_series(1, ${Math.ceil(lastTarget / 10)}) a`,
    `INSERT INTO permissions (organization_id, id, application_id, key, name, is_main, levels, scope)
     SELECT ${org}, p, 1 + (p - 1) / 10, 'p' || p, 'Permission ' || p, p % 10 = 1,
            CASE WHEN p % 10 = 1 THEN ARRAY['granted'] ELSE ARRAY['view', 'edit', 'admin'] END,
            (CASE WHEN p % 2 = 0 THEN 'structures' ELSE 'none' END)::permission_scope
     FROM generate_series(1, ${lastTarget}) p`,
    `INSERT INTO packages (organization_id, number, name, search_text)
     SELECT ${org}, k, 'Package ' || k, k || ' package ' || k FROM generate_series(1, ${packages}) k`,
    // The nineteenth permission of every package but the target is a removed one
    `INSERT INTO package_permissions (organization_id, package_number, permission_id, value, param, live)
     SELECT ${org}, k, p.id, p.levels[1 + (i % cardinality(p.levels))],
            CASE WHEN p.scope = 'structures' THEN 'S2,S3' ELSE '' END, i <> 18 OR k = ${TARGET_PACKAGE}
     FROM generate_series(1, ${packages}) k CROSS JOIN generate_series(0, ${PERMISSIONS_PER_PACKAGE - 1}) i
     JOIN permissions p ON p.organization_id = ${org}
       AND p.id = CASE WHEN k = ${TARGET_PACKAGE} THEN ${TARGET_PERMISSIONS[0]} + i ELSE 1 + (k * 37 + i * 11) % 400 END`,
    `INSERT INTO assignments (organization_id, package_number, user_id, state)
     SELECT ${org}, ${LARGE_PACKAGE}, u, (CASE WHEN u % 20 = 7 THEN 'former' ELSE 'active' END)::assignment_state
     FROM generate_series(101, ${100 + members}) u
     UNION ALL
     SELECT ${org}, ${SMALL_PACKAGE}, u, 'active' FROM generate_series(101, 200) u
     UNION ALL
     SELECT ${org}, k, 3 + (k * 197 + i * 31) % ${users - 3}, 'active'
     FROM generate_series(${TARGET_PACKAGE + 1}, ${packages}) k CROSS JOIN generate_series(1, 100) i
     ON CONFLICT DO NOTHING`,
    // Nine of ten cells are as the package wants; the others show every status that a row can give
    `INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, active, reason, value, param)
     SELECT DISTINCT ON (user_id, permission_id) ${org}, user_id, permission_id,
            CASE WHEN chance IN (93, 94, 95) THEN NULL WHEN chance = 96 THEN number % ${packages} + 1 ELSE number END,
            reason IS NULL, reason,
            CASE WHEN chance IN (90, 91, 94) THEN levels[cardinality(levels)] ELSE value END,
            CASE WHEN chance = 92 AND param <> '' THEN 'S4' ELSE param END
     FROM (
       SELECT m.user_id, pp.permission_id, pp.value, pp.param, m.package_number AS number, p.levels, chance,
              (CASE WHEN chance = 95 THEN 'manual' WHEN m.state = 'former' THEN 'unassignment'
                    WHEN NOT pp.live AND chance < 50 THEN 'removal' END)::inactive_reason AS reason
       FROM assignments m
       JOIN package_permissions pp USING (organization_id, package_number)
       JOIN permissions p ON p.organization_id = pp.organization_id AND p.id = pp.permission_id
       CROSS JOIN LATERAL (SELECT ${CHANCE} AS chance) drawn
       WHERE m.organization_id = ${org} AND chance < 98
     ) cell
     ORDER BY user_id, permission_id, number`,
    // One of fifty people has something of the target already: conflicts
    `INSERT INTO app_auth (organization_id, user_id, permission_id, package_number, active, reason, value, param)
     SELECT ${org}, u, p, NULL, u % 100 = 0, CASE WHEN u % 100 <> 0 THEN 'manual'::inactive_reason END, 'view', ''
     FROM generate_series(1, ${users}) u CROSS JOIN generate_series(${TARGET_PERMISSIONS[1]}, ${TARGET_PERMISSIONS[4]}) p
     WHERE u % 50 = 0`,
    `INSERT INTO profiles (organization_id, id, application_id, name)
     SELECT ${org}, f, 1 + (f - 1) * 4 % 40, 'Profile ' || f FROM generate_series(1, 20) f`,
    `INSERT INTO profile_permissions (organization_id, profile_id, permission_id, value)
     SELECT ${org}, f.id, p.id, p.levels[1] FROM profiles f
     JOIN permissions p ON p.organization_id = f.organization_id AND p.application_id = f.application_id`,
    `INSERT INTO profile_users (organization_id, profile_id, user_id)
     SELECT ${org}, 1 + u % 20, u FROM generate_series(1, ${users}) u WHERE u % 7 = 0`,
    `INSERT INTO rules (organization_id, id, name, group_id, structure_id, permission_id, value)
     SELECT ${org}, r, 'Rule ' || r, CASE WHEN r % 2 = 0 THEN r / 2 END, CASE WHEN r % 2 = 1 THEN 1 + r END,
            p.id, p.levels[1]
     FROM generate_series(1, 40) r
     JOIN permissions p ON p.organization_id = ${org} AND p.id = 1 + (${LARGE_PACKAGE} * 37 + r * 11) % 400`,
    `CREATE UNLOGGED TABLE ${SEEDED_ROWS} AS
     SELECT * FROM app_auth WHERE permission_id BETWEEN ${TARGET_PERMISSIONS[0]} AND ${lastTarget}`,
    // Ids were given by hand: what is created later must not meet them
    ...['organizations', 'structures', 'users', 'groups', 'applications', 'permissions', 'profiles', 'rules'].map(
      (table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`,
    ),
    'VACUUM (FREEZE, ANALYZE)',
    'CHECKPOINT',
  ];
}
