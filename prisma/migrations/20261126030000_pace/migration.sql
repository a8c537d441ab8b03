-- How fast the bot speaks, and where it cannot speak at all.

-- The next moment at which Slack takes something: a message in a channel, or a call of a method.
CREATE TABLE slack_pace (
  team_id       text NOT NULL,
  -- a channel, a person (for their direct messages), or a method of the Web API
  key           text NOT NULL,
  -- the person whose direct messages this channel is: then their moments count
  same_as       text,
  next_at       timestamptz NOT NULL DEFAULT '-infinity',
  -- until when Slack asked to wait
  blocked_until timestamptz,
  PRIMARY KEY (team_id, key)
);

-- Channels in which the bot cannot write, since when, and Slack's word for why.
CREATE TABLE channel_troubles (
  organization_id integer NOT NULL REFERENCES organizations (id),
  channel         text NOT NULL,
  problem         text NOT NULL,
  since           timestamptz NOT NULL,
  PRIMARY KEY (organization_id, channel, problem)
);

-- The channel whose messages a message stands in line with, as far as it is known. Lines are kept in the order of ids.
ALTER TABLE outbox ADD COLUMN channel text;
CREATE INDEX outbox_line ON outbox (organization_id, channel, id) WHERE delivered_at IS NULL AND channel IS NOT NULL;
CREATE INDEX outbox_order ON outbox (id) WHERE delivered_at IS NULL;
