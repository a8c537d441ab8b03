-- What happened while a package's drift was snoozed is told when it is over.
ALTER TABLE drift_snoozes ADD COLUMN since timestamptz NOT NULL DEFAULT now();
