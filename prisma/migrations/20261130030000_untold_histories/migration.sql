-- What operations did that was still to be told when bursts came: no burst knows of it, their histories do. One that some
-- people had been told of already is left out: they would be told twice.
INSERT INTO unread_histories (organization_id, operation_id)
SELECT DISTINCT o.organization_id, o.id
FROM outbox m
JOIN operations o ON o.organization_id = m.organization_id AND o.id = m.operation_id
WHERE m.kind = 'access_changed' AND m.delivered_at IS NULL AND m.progress = 0
  AND o.kind IN ('assign_package', 'unassign_package', 'sync_package', 'remove_permission', 'grant_permission')
  AND NOT EXISTS (SELECT FROM access_bursts b
                  WHERE b.organization_id = o.organization_id
                    AND o.id BETWEEN b.first_operation_id AND b.last_operation_id)
ON CONFLICT DO NOTHING;
