-- What an organization needs to be administered from within: entries of the catalogue that are no longer offered, people
-- who left, groups that follow a Slack user group, who granted a meta-permission, and a trail that is searched.

-- Retired: kept for what refers to it, offered to nobody any more.
ALTER TABLE applications ADD COLUMN retired_at timestamptz;
ALTER TABLE permissions ADD COLUMN retired_at timestamptz;
ALTER TABLE structures ADD COLUMN retired_at timestamptz;

-- Somebody who left keeps their row; what they still have is shown until it is taken away.
ALTER TABLE users
  ADD COLUMN left_at      timestamptz,
  ADD COLUMN left_because text CHECK (left_because IN ('slack', 'import', 'administrator')),
  ADD CONSTRAINT users_left_for_a_reason CHECK ((left_at IS NULL) = (left_because IS NULL));
CREATE INDEX users_left ON users (organization_id, id) WHERE left_at IS NOT NULL;

-- The Slack user group whose members the group has; null where they are chosen by hand.
ALTER TABLE groups ADD COLUMN slack_user_group_id text COLLATE "C";

-- Null where it was imported.
ALTER TABLE meta_permissions
  ADD COLUMN granted_by integer,
  ADD COLUMN granted_at timestamptz;

-- The trail is searched by person, package and time.
CREATE INDEX operation_changes_user ON operation_changes (organization_id, user_id, operation_id);
CREATE INDEX operations_package ON operations (organization_id, package_number, id) WHERE package_number IS NOT NULL;
CREATE INDEX audit_records_at ON audit_records (organization_id, at);

-- As before, but that a founder has nothing of what is retired: nobody else can have any of it.
CREATE OR REPLACE VIEW effective_grants AS
SELECT u.organization_id, u.id AS user_id, p.id AS permission_id,
       (p.levels[cardinality(p.levels)]) COLLATE "C" AS value,
       (CASE WHEN p.scope = 'structures' THEN '*' ELSE '' END) COLLATE "C" AS param,
       'founder'::text AS source
FROM users u
JOIN permissions p ON p.organization_id = u.organization_id AND p.retired_at IS NULL
WHERE u.founder
UNION ALL
SELECT a.organization_id, a.user_id, a.permission_id, a.value, a.param,
       CASE WHEN a.package_number IS NULL THEN 'manual' ELSE 'package:' || a.package_number END
FROM app_auth a
JOIN users u ON u.organization_id = a.organization_id AND u.id = a.user_id AND NOT u.founder
LEFT JOIN packages k ON k.organization_id = a.organization_id AND k.number = a.package_number
WHERE a.active AND (a.package_number IS NULL OR k.state = 'active')
UNION ALL
SELECT g.organization_id, g.user_id, g.permission_id, g.value, g.param, g.source
FROM (
  SELECT DISTINCT ON (organization_id, user_id, permission_id)
         organization_id, user_id, permission_id, value, param, source
  FROM (
    SELECT organization_id, user_id, permission_id, value, param, level, name, 1 AS priority,
           'profile:' || name AS source
    FROM profile_grants
    UNION ALL
    SELECT organization_id, user_id, permission_id, value, param, level, name, 2, 'rule:' || name
    FROM rule_grants
  ) candidate
  ORDER BY organization_id, user_id, permission_id, priority, level DESC, name COLLATE "C"
) g
JOIN users u ON u.organization_id = g.organization_id AND u.id = g.user_id AND NOT u.founder
WHERE NOT EXISTS (
  SELECT FROM app_auth a
  LEFT JOIN packages k ON k.organization_id = a.organization_id AND k.number = a.package_number
  WHERE a.organization_id = g.organization_id AND a.user_id = g.user_id AND a.permission_id = g.permission_id
    AND CASE WHEN a.active THEN a.package_number IS NULL OR k.state = 'active' ELSE a.reason = 'manual' END
);
