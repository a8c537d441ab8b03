-- What profiles and rules give, whatever people's rows say: what somebody had before an operation is worked out from the
-- row that it overwrote and from this.
CREATE VIEW elsewhere_grants AS
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
ORDER BY organization_id, user_id, permission_id, priority, level DESC, name COLLATE "C";

-- As before, in terms of it.
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
FROM elsewhere_grants g
JOIN users u ON u.organization_id = g.organization_id AND u.id = g.user_id AND NOT u.founder
WHERE NOT EXISTS (
  SELECT FROM app_auth a
  LEFT JOIN packages k ON k.organization_id = a.organization_id AND k.number = a.package_number
  WHERE a.organization_id = g.organization_id AND a.user_id = g.user_id AND a.permission_id = g.permission_id
    AND CASE WHEN a.active THEN a.package_number IS NULL OR k.state = 'active' ELSE a.reason = 'manual' END
);

-- Operations whose history says what they changed, and that the bursts of their people do not all know of yet.
CREATE TABLE unread_histories (
  organization_id integer NOT NULL,
  operation_id    integer NOT NULL,
  PRIMARY KEY (organization_id, operation_id)
);

-- Up to which operation somebody's bursts know what was changed.
CREATE INDEX access_bursts_person ON access_bursts (organization_id, user_id, last_operation_id);

-- What was before is always known.
ALTER TABLE access_bursts DROP COLUMN vague;

-- Ten thousand people in one operation: looking up the burst for each row, by a plan of when there were none, took four
-- times as long as finding out what they had. Whatever deletes bursts deletes what belongs to them.
ALTER TABLE access_burst_before DROP CONSTRAINT access_burst_before_organization_id_burst_id_fkey;
ALTER TABLE access_burst_cells DROP CONSTRAINT access_burst_cells_organization_id_burst_id_fkey;
