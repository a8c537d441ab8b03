-- Messages that are kept up to date where they stand: one for each thing that they are about, and each place.
CREATE TABLE posted_messages (
  organization_id integer NOT NULL REFERENCES organizations (id),
  -- such as `request:12` or `drift:7:2026-11-25`
  about           text NOT NULL,
  -- `channel:C1` or `user:U1`
  place           text NOT NULL,
  -- counts the messages posted, since another is posted where the last was deleted
  edition         integer NOT NULL DEFAULT 1,
  -- where the message is; none until Slack has said so
  channel         text,
  ts              text,
  -- what it shows
  shown_hash      text,
  -- attempts to post this edition that may have succeeded without our hearing of it, and since when
  attempts        integer NOT NULL DEFAULT 0,
  begun_at        timestamptz NOT NULL,
  shown_at        timestamptz,
  -- who writes it at this moment
  claim           uuid,
  claimed_by      text,
  claimed_until   timestamptz,
  PRIMARY KEY (organization_id, about, place)
);
CREATE INDEX posted_messages_claimed ON posted_messages (claimed_by) WHERE claim IS NOT NULL;
