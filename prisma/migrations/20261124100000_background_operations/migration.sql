-- Confirmed operations that are too large to wait for: a worker does them, and reports to whoever confirmed.

CREATE TYPE background_state AS ENUM ('queued', 'running', 'done', 'failed');

CREATE TABLE background_operations (
  organization_id integer NOT NULL REFERENCES organizations (id),
  -- the operation's own key: whatever happens to the worker, the operation happens once
  key             uuid NOT NULL,
  kind            text NOT NULL,
  -- the confirmed command, without actor and key
  command         jsonb NOT NULL,
  actor_user_id   integer NOT NULL,
  state           background_state NOT NULL DEFAULT 'queued',
  people          integer NOT NULL CHECK (people > 0),
  -- what it is about, in the words of whoever confirmed it
  subject         text NOT NULL,
  -- the operation that it became
  operation_id    integer,
  outcome         jsonb,
  -- why it was refused, or the reference of an error that nobody foresaw
  error           jsonb,
  -- the window that waits, and the message that tells how far it is
  report_to       jsonb NOT NULL DEFAULT '{}',
  -- the state that the message shows, and whether the details are in its thread
  told            background_state,
  details_sent    boolean NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL,
  started_at      timestamptz,
  finished_at     timestamptz,
  PRIMARY KEY (organization_id, key),
  FOREIGN KEY (organization_id, actor_user_id) REFERENCES users (organization_id, id)
);
CREATE INDEX background_operations_open ON background_operations (created_at) WHERE state IN ('queued', 'running');

-- Who is alive among those who take jobs and messages: what a dead one had taken is given to another.
CREATE TABLE worker_heartbeats (
  worker_id text PRIMARY KEY,
  at        timestamptz NOT NULL
);

ALTER TABLE outbox
  -- none where the message is about something that has not become an operation
  ALTER COLUMN operation_id DROP NOT NULL,
  -- messages of one series are delivered one after another, whoever delivers them
  ADD COLUMN series uuid,
  -- who delivers it at this moment
  ADD COLUMN claimed_by text;
CREATE INDEX outbox_series ON outbox (organization_id, series, id) WHERE delivered_at IS NULL AND series IS NOT NULL;
