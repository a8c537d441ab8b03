-- People and organizations are never deleted. Of ten thousand people in one operation, looking up both for each burst
-- took a fifth of what remembering what they had takes.
ALTER TABLE access_bursts
  DROP CONSTRAINT access_bursts_organization_id_fkey,
  DROP CONSTRAINT access_bursts_organization_id_user_id_fkey;
