/** What the seed puts where, so that benches need not look for it. */
export const ORGANIZATION = 1;

/** Holds every meta-permission, and has a Slack id. */
export const ADMIN = { organizationId: ORGANIZATION, userId: 2 };
export const ADMIN_SLACK_ID = 'U00000002';
export const TEAM_ID = 'T0BENCH';

/** `--members` members, with every status among their cells. */
export const LARGE_PACKAGE = 1;
/** 100 members, with the same statuses in the same proportions. */
export const SMALL_PACKAGE = 2;
/** Nobody's yet; its permissions are in no other package. */
export const TARGET_PACKAGE = 3;

export const PERMISSIONS_PER_PACKAGE = 20;
const SHARED_PERMISSIONS = 400;

/** Permissions of {@link TARGET_PACKAGE}: the last of the catalogue. */
export const TARGET_PERMISSIONS = Array.from(
  { length: PERMISSIONS_PER_PACKAGE },
  (_, index) => SHARED_PERMISSIONS + 1 + index,
);

/** The people who are members of the large package, and who are assigned the target: consecutive ids. */
export function peopleIds(members: number): number[] {
  return Array.from({ length: members }, (_, index) => 101 + index);
}
