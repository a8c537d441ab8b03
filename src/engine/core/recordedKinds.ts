import { UNDOABLE_KINDS } from './operationKinds.ts';

const OTHERS = [
  ...(['clone_package', 'change_end'] as const),
  ...(['undo', 'set_up_organization', 'import_organization', 'edit_organization'] as const),
  ...(['set_meta_permissions', 'transfer_founder'] as const),
  ...(['create_person', 'edit_person', 'link_people', 'unlink_person', 'person_left', 'person_returned'] as const),
  ...(['remove_all_access', 'update_people'] as const),
  ...(['create_application', 'edit_application', 'retire_application', 'restore_application'] as const),
  ...(['create_permission', 'edit_permission', 'retire_permission', 'restore_permission'] as const),
  ...(['create_structure', 'edit_structure', 'retire_structure', 'restore_structure'] as const),
  ...(['create_profile', 'edit_profile', 'delete_profile', 'assign_profile', 'unassign_profile'] as const),
  ...(['create_rule', 'edit_rule', 'delete_rule'] as const),
  ...(['create_group', 'edit_group', 'delete_group', 'change_group_members', 'follow_user_group'] as const),
  ...(['set_policy', 'remove_policy', 'delegate', 'end_delegation'] as const),
  ...(['create_request', 'approve_request', 'reject_request', 'cancel_request', 'retry_request'] as const),
  ...(['revise_request', 'outdate_request', 'expire_request', 'fail_request'] as const),
  ...(['set_drift_channel', 'snooze_drift', 'end_snooze', 'accept_drift'] as const),
];

/**
 * Every kind of operation that is recorded, and so has a sentence in the audit trail. What writes one of another kind
 * does not compile; a record of one that this version does not know is told in general words.
 */
export const RECORDED_KINDS = [...new Set([...UNDOABLE_KINDS, ...OTHERS])];

export type RecordedKind = (typeof RECORDED_KINDS)[number];

/** Whether a recorded kind has words of its own. */
export function isRecordedKind(kind: string): kind is RecordedKind {
  return (RECORDED_KINDS as readonly string[]).includes(kind);
}
