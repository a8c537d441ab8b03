import type { RecordedKind } from './recordedKinds.ts';

/**
 * Where an operation may have moved drift: with the people of its history, with every member of its package too, or
 * nowhere.
 */
export type DriftEffect = 'people' | 'package' | 'nowhere';

const PACKAGE: ReadonlySet<RecordedKind> = new Set([
  ...(['add_permission', 'change_permission', 'remove_permission', 'enable_package', 'disable_package'] as const),
]);

/** Profiles, rules and groups give access beside a package: its row, and so its drift, stays as it is. */
const NOWHERE: ReadonlySet<RecordedKind> = new Set([
  ...(['create_package', 'clone_package', 'edit_package', 'set_up_organization', 'edit_organization'] as const),
  ...(['set_meta_permissions', 'create_person', 'edit_person', 'link_people', 'unlink_person'] as const),
  ...(['create_application', 'edit_application', 'retire_application', 'restore_application'] as const),
  ...(['create_permission', 'edit_permission', 'retire_permission', 'restore_permission'] as const),
  ...(['create_structure', 'edit_structure', 'retire_structure', 'restore_structure'] as const),
  ...(['create_profile', 'edit_profile', 'delete_profile', 'assign_profile', 'unassign_profile'] as const),
  ...(['create_rule', 'edit_rule', 'delete_rule'] as const),
  ...(['create_group', 'edit_group', 'delete_group', 'change_group_members', 'follow_user_group'] as const),
  ...(['set_policy', 'remove_policy', 'delegate', 'end_delegation'] as const),
  ...(['create_request', 'approve_request', 'reject_request', 'cancel_request', 'retry_request'] as const),
  ...(['revise_request', 'outdate_request', 'expire_request', 'fail_request'] as const),
  ...(['set_drift_channel', 'snooze_drift', 'end_snooze'] as const),
]);

/**
 * What an operation of a kind may have moved; a kind that nothing is said of moves its people, which is always safe.
 */
export function driftEffect(kind: RecordedKind): DriftEffect {
  if (PACKAGE.has(kind)) return 'package';
  return NOWHERE.has(kind) ? 'nowhere' : 'people';
}
