-- Founders are few, and every list of members asks who of them is one: found here, the users need not be joined.
CREATE INDEX users_founders ON users (organization_id, id) WHERE founder;
