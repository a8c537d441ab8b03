-- More than this share of a package's members, in percent, does not lose access by one confirmation.
ALTER TABLE organizations
  ADD COLUMN brake_share int NOT NULL DEFAULT 20 CHECK (brake_share BETWEEN 1 AND 100);
