-- The trail covers the operation itself, and is searched by who acted and by what was done.

-- The digest of the operation as it was completed: what its receipt is printed from. Null in records that were sealed
-- before there was one.
ALTER TABLE audit_records ADD COLUMN operation_hash text;

CREATE INDEX audit_records_action ON audit_records (organization_id, action, seq);
CREATE INDEX operations_actor ON operations (organization_id, actor_user_id, id) WHERE actor_user_id IS NOT NULL;

-- An operation is claimed and then completed, once, in one transaction, before its record is written. That is the only
-- change of it that there ever is.
CREATE FUNCTION refuse_changing_operation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.plan_hash <> ''
     OR (NEW.organization_id, NEW.id, NEW.key, NEW.kind, NEW.actor_user_id, NEW.at)
        IS DISTINCT FROM (OLD.organization_id, OLD.id, OLD.key, OLD.kind, OLD.actor_user_id, OLD.at)
     OR EXISTS (SELECT FROM audit_records r
                WHERE r.organization_id = OLD.organization_id AND r.operation_id = OLD.id) THEN
    RAISE EXCEPTION 'the audit trail is append-only: % of a completed operation refused', TG_OP;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER operations_completed_once BEFORE UPDATE ON operations
  FOR EACH ROW EXECUTE FUNCTION refuse_changing_operation();
CREATE TRIGGER operations_append_only BEFORE DELETE OR TRUNCATE ON operations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
