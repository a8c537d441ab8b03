import type { PolicyOperation, Shortage } from './core/approvalPolicy.ts';
import type { CatalogUses } from './core/catalogUses.ts';
import type { FieldProblem, PersonField } from './core/personDetails.ts';
import type { RequestState } from './core/requestState.ts';

/**
 * Every reason why the engine refuses, with the details that its wording needs. The words themselves are chosen at the
 * edge (Slack, command line), in the person's language.
 */
export interface EngineErrors {
  not_allowed: { needs: string };
  package_not_found: { wanted: string };
  package_disabled: { number: number; name: string };
  several_packages: { wanted: string; choices: { number: number; name: string }[] };
  user_not_found: { wanted: string };
  permission_not_found: { wanted: string };
  permission_already_in_package: { permission: string; number: number };
  invalid_value: { permission: string; value: string; levels: string[] };
  invalid_parameter: { permission: string; unknown: string[] };
  parameter_not_taken: { permission: string };
  application_not_found: Record<string, never>;
  founder_untouchable: { user: string };
  nothing_to_enable: { permission: string };
  assignment_not_found: { user: string; number: number };
  nobody_chosen: Record<string, never>;
  nothing_chosen: Record<string, never>;
  permission_not_in_package: { permission: string; number: number };
  plan_changed: Record<string, never>;
  nothing_changed: Record<string, never>;
  organization_exists: { name: string };
  draft_lost: Record<string, never>;
  notice_gone: Record<string, never>;
  operation_not_found: { operationId: number };
  not_undoable: { kind: string };
  undo_expired: { hours: number };
  nothing_to_undo: Record<string, never>;
  application_unknown: { wanted: string };
  several_applications: { wanted: string; choices: { key: string; name: string }[] };
  last_administrator: Record<string, never>;
  founders_only: Record<string, never>;
  last_founder: Record<string, never>;
  not_reachable: { user: string };
  unknown_time_zone: { timeZone: string };

  person_left: { user: string };
  person_not_left: { user: string };
  code_taken: { code: string; user: string };
  invalid_person: { field: PersonField; problem: FieldProblem };
  unknown_structure: { code: string };
  slack_account_taken: { code: string; user: string };
  founder_keeps_access: { user: string };
  rights_missing: { needs: string[] };

  // The catalogue
  permission_retired: { permission: string };
  application_retired: { application: string };
  structure_retired: { structures: string[] };
  structure_not_found: Record<string, never>;
  structure_cycle: { structure: string; parent: string };
  key_taken: { key: string; retired: boolean };
  invalid_entry: { field: 'key' | 'name' | 'levels' | 'entryKey' | 'entryName' };
  /** `field`: what of a form asks for it; null where the whole entry is to go. */
  in_use: { field: 'levels' | 'scope' | null; what: string; uses: CatalogUses };

  profile_not_found: Record<string, never>;
  rule_not_found: Record<string, never>;
  group_not_found: Record<string, never>;
  /** Profiles, rules: another has the name. */
  name_taken: { name: string };
  group_code_taken: { code: string };
  invalid_code: { code: string };
  /** An application with one permission has no profiles. */
  application_simple: { application: string };
  permission_of_other_application: { permission: string; application: string };
  permission_not_in_profile: { permission: string; profile: string };
  group_in_use: { group: string; rules: string[] };
  group_follows_slack: { group: string };
  audit_record_not_found: { seq: number };
  not_an_assignment: { operationId: number };

  // Approvals
  /** A policy demands it; the operation can be asked for. */
  approval_needed: { operation: PolicyOperation; packageNumber: number | null };
  reason_needed: Record<string, never>;
  request_not_found: { requestId: number };
  request_not_pending: { requestId: number; state: RequestState };
  /** What it would do has changed since it was shown. */
  request_moved: { requestId: number };
  own_request: Record<string, never>;
  not_an_approver: { requestId: number };
  already_decided: { requestId: number };
  too_few_approvers: Shortage;
  not_requestable: { kind: string };
  policy_not_found: Record<string, never>;
  invalid_delegation: { problem: 'self' | 'past' | 'order' | 'too_long' | 'overlap' };
  delegation_not_found: Record<string, never>;
  /** It takes access from so many members that it wants a second confirmation. */
  brake: { people: number; members: number; share: number };

  // Assignments for a time
  end_in_the_past: Record<string, never>;
  // Drift
  invalid_until: Record<string, never>;
}

export type EngineErrorCode = keyof EngineErrors;

/** A refusal of the engine: a value with a code, never a sentence. */
export class EngineError<Code extends EngineErrorCode = EngineErrorCode> extends Error {
  override name = 'EngineError';
  readonly code: Code;
  readonly details: EngineErrors[Code];

  constructor(code: Code, details: EngineErrors[Code]) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
