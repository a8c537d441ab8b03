-- What an operation did to each person moves from one JSON value into parallel arrays, one element for each permission.
-- They are made in a fifth of the time, and an undo reads them back in SQL without parsing anything.

ALTER TABLE operation_changes
  -- the membership before the operation and the operation behind it, where the operation changed it
  ADD COLUMN membership_was          assignment_state,
  ADD COLUMN membership_operation_id integer,
  ADD COLUMN permission_ids          integer[] NOT NULL DEFAULT '{}',
  -- status codes before the operation; empty where it needed none
  ADD COLUMN codes                   integer[] NOT NULL DEFAULT '{}',
  -- whether the operation wrote the cell, or left it alone on purpose
  ADD COLUMN written                 boolean[] NOT NULL DEFAULT '{}',
  -- the row before: a null value says that there was none, a null reason that it was active
  ADD COLUMN held_values             text[] NOT NULL DEFAULT '{}',
  ADD COLUMN held_params             text[] NOT NULL DEFAULT '{}',
  ADD COLUMN held_reasons            text[] NOT NULL DEFAULT '{}',
  ADD COLUMN held_packages           integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN held_operations         integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN held_replaced           integer[] NOT NULL DEFAULT '{}',
  -- what profiles and rules gave besides, by permission
  ADD COLUMN grants                  jsonb,
  -- from now on only the earlier records have it: their seal in the audit trail covers it
  ALTER COLUMN cells DROP NOT NULL;

ALTER TABLE operation_changes DISABLE TRIGGER operation_changes_append_only;

UPDATE operation_changes c SET
  membership_was = CASE c.membership WHEN 'reassigned' THEN 'former' WHEN 'unassigned' THEN 'active' END::assignment_state,
  permission_ids = cell.permission_ids, codes = cell.codes, written = cell.written, held_values = cell.held_values,
  held_params = cell.held_params, held_reasons = cell.held_reasons, held_packages = cell.held_packages,
  held_operations = cell.held_operations, held_replaced = cell.held_replaced, grants = cell.grants
FROM (
  SELECT organization_id, operation_id, user_id,
         array_agg(permission_id) AS permission_ids, array_agg(code) AS codes, array_agg(was_written) AS written,
         array_agg(held_value) AS held_values, array_agg(held_param) AS held_params,
         array_agg(held_reason) AS held_reasons, array_agg(held_package) AS held_packages,
         array_agg(held_operation) AS held_operations, array_agg(NULL::integer) AS held_replaced,
         jsonb_object_agg(permission_id, given) FILTER (WHERE given <> '{}') AS grants
  FROM (
    SELECT h.organization_id, h.operation_id, h.user_id, (e.cell ->> 'permission')::int AS permission_id,
           (e.cell ->> 'code')::int AS code, e.cell ->> 'decision' IN ('written', 'keep_package') AS was_written,
           e.cell #>> '{row,value}' AS held_value, e.cell #>> '{row,param}' AS held_param,
           e.cell #>> '{row,reason}' AS held_reason, (e.cell #>> '{row,package}')::int AS held_package,
           (e.cell #>> '{row,operation}')::int AS held_operation,
           jsonb_strip_nulls(jsonb_build_object('profile', e.cell -> 'profile', 'rule', e.cell -> 'rule')) AS given
    FROM operation_changes h CROSS JOIN LATERAL jsonb_array_elements(h.cells) AS e(cell)
    WHERE jsonb_typeof(e.cell) = 'object'
    UNION ALL
    SELECT h.organization_id, h.operation_id, h.user_id, (e.cell ->> 0)::int, NULL, true, e.cell ->> 1, e.cell ->> 2,
           NULL, o.package_number, (e.cell ->> 3)::int, '{}'
    FROM operation_changes h CROSS JOIN LATERAL jsonb_array_elements(h.cells) AS e(cell)
    JOIN operations o ON o.organization_id = h.organization_id AND o.id = h.operation_id
    WHERE jsonb_typeof(e.cell) = 'array'
  ) one
  GROUP BY organization_id, operation_id, user_id
) cell
WHERE c.organization_id = cell.organization_id AND c.operation_id = cell.operation_id AND c.user_id = cell.user_id;

ALTER TABLE operation_changes ENABLE TRIGGER operation_changes_append_only;

-- The operation whose history keeps what the owning package replaced; null where it replaced nothing.
ALTER TABLE app_auth ADD COLUMN replaced_operation_id integer;
