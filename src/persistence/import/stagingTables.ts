/**
 * Temporary tables that hold a file while it is checked. `i` is an element's index in its section, `j` that of a part
 * within the element. Wrong parts are NULL: nothing refers to them, and nothing is said of them twice. Collations are
 * those of the real tables, so that the two can be compared.
 */
export const CREATE_STAGING = `
  CREATE TEMP TABLE import_structures (
    i int, code text COLLATE "C", name text, parent text COLLATE "C", search_text text
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_users (
    i int, code text COLLATE "C", name text, email text, slack_user_id text COLLATE "C", structure text COLLATE "C",
    founder boolean, has_left boolean, search_text text
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_groups (i int, code text COLLATE "C", name text) ON COMMIT DROP;
  CREATE TEMP TABLE import_group_members (i int, j int, user_code text COLLATE "C") ON COMMIT DROP;
  CREATE TEMP TABLE import_applications (i int, key text COLLATE "C", name text) ON COMMIT DROP;
  CREATE TEMP TABLE import_permissions (
    i int, j int, application text COLLATE "C", key text COLLATE "C", name text, is_main boolean, levels text[],
    scope permission_scope
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_packages (
    i int, number int, name text, description text, state package_state, search_text text
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_package_structures (i int, j int, structure text COLLATE "C") ON COMMIT DROP;
  CREATE TEMP TABLE import_package_permissions (
    i int, j int, application text COLLATE "C", permission text COLLATE "C", value text COLLATE "C",
    param text COLLATE "C", param_as_given text COLLATE "C", live boolean
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_members (i int, j int, user_code text COLLATE "C", state assignment_state) ON COMMIT DROP;
  CREATE TEMP TABLE import_authorizations (i int, user_code text COLLATE "C", terms int) ON COMMIT DROP;
  CREATE TEMP TABLE import_terms (
    id int, application text COLLATE "C", permission text COLLATE "C", value text COLLATE "C", param text COLLATE "C",
    param_as_given text COLLATE "C", active boolean, reason inactive_reason, package_number int
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_profiles (i int, application text COLLATE "C", name text) ON COMMIT DROP;
  CREATE TEMP TABLE import_profile_permissions (
    i int, j int, application text COLLATE "C", permission text COLLATE "C", value text COLLATE "C",
    param text COLLATE "C", param_as_given text COLLATE "C"
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_profile_users (i int, j int, user_code text COLLATE "C") ON COMMIT DROP;
  CREATE TEMP TABLE import_rules (
    i int, name text, group_code text COLLATE "C", structure text COLLATE "C", application text COLLATE "C",
    permission text COLLATE "C", value text COLLATE "C", param text COLLATE "C", param_as_given text COLLATE "C"
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_administrators (i int, user_code text COLLATE "C") ON COMMIT DROP;
  CREATE TEMP TABLE import_meta_permissions (i int, j int, meta_permission text) ON COMMIT DROP;`;

/** Tables that the elements of the file are copied into. */
export const STAGING_TABLES = [...CREATE_STAGING.matchAll(/TEMP TABLE (\w+)/g)].map(([, name]) => name as string);

/**
 * The same things by the ids that they have in the database, or will have: a new element takes its id here, so that
 * references are resolved once, before anything is written.
 */
export const CREATE_IDENTITIES = `
  CREATE TEMP TABLE import_structure_ids (code text COLLATE "C", id int) ON COMMIT DROP;
  CREATE TEMP TABLE import_user_ids (code text COLLATE "C", id int, founder boolean) ON COMMIT DROP;
  CREATE TEMP TABLE import_group_ids (i int, code text COLLATE "C", id int) ON COMMIT DROP;
  CREATE TEMP TABLE import_application_ids (i int, key text COLLATE "C", id int) ON COMMIT DROP;
  CREATE TEMP TABLE import_permission_ids (
    i int, j int, application text COLLATE "C", key text COLLATE "C", id int, levels text[], scope permission_scope
  ) ON COMMIT DROP;
  CREATE TEMP TABLE import_profile_ids (i int, application text COLLATE "C", name text, id int) ON COMMIT DROP;
  CREATE TEMP TABLE import_rule_ids (name text, id int) ON COMMIT DROP;
  CREATE TEMP TABLE import_term_ids (terms int, permission_id int, wrong boolean) ON COMMIT DROP;
  CREATE TEMP TABLE import_rows (
    i int, user_id int, permission_id int, terms int, wrong boolean, earlier int
  ) ON COMMIT DROP;`;

export const IDENTITY_TABLES = [...CREATE_IDENTITIES.matchAll(/TEMP TABLE (\w+)/g)].map(([, name]) => name as string);
