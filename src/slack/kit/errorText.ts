import { randomBytes } from 'node:crypto';
import { ErrorCode, WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import type { MetaPermission } from '../../engine/core/metaPermissions.ts';
import { EngineError, type EngineErrorCode, type EngineErrors } from '../../engine/errors.ts';
import { describeUses } from './catalogUses.ts';
import { escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';

/** An input that a person can correct; worded by whoever found it. */
export class InputError extends Error {
  override name = 'InputError';
}

type Wording = { [Code in EngineErrorCode]: (texts: Texts, details: EngineErrors[Code]) => string };

const WORDING: Wording = {
  not_allowed: (texts, { needs }) => texts.errors.not_allowed(texts.metaPermissions[needs as MetaPermission] ?? needs),
  package_not_found: (texts, { wanted }) => texts.errors.package_not_found(escapeText(wanted)),
  package_disabled: (texts, { number, name }) => texts.errors.package_disabled(number, escapeText(name)),
  several_packages: (texts, { wanted, choices }) =>
    texts.errors.several(
      escapeText(wanted),
      choices.map(({ number, name }) => `package:${number} ${escapeText(name)}`).join(', '),
    ),
  user_not_found: (texts, { wanted }) => texts.errors.user_not_found(isMention(wanted) ? wanted : escapeText(wanted)),
  permission_not_found: (texts) => texts.errors.permission_not_found,
  permission_already_in_package: (texts, { permission, number }) =>
    texts.errors.permission_already_in_package(escapeText(permission), number),
  invalid_value: (texts, { value, levels }) =>
    texts.errors.invalid_value(escapeText(value), levels.map(escapeText).join(', ')),
  invalid_parameter: (texts, { unknown }) => texts.errors.invalid_parameter(unknown.map(escapeText).join(', ')),
  parameter_not_taken: (texts) => texts.errors.parameter_not_taken,
  application_not_found: (texts) => texts.errors.application_not_found,
  founder_untouchable: (texts, { user }) => texts.errors.founder_untouchable(escapeText(user)),
  nothing_to_enable: (texts, { permission }) => texts.errors.nothing_to_enable(escapeText(permission)),
  assignment_not_found: (texts, { user, number }) => texts.errors.assignment_not_found(escapeText(user), number),
  nobody_chosen: (texts) => texts.errors.nobody_chosen,
  nothing_chosen: (texts) => texts.errors.nothing_chosen,
  permission_not_in_package: (texts, { permission, number }) =>
    texts.errors.permission_not_in_package(escapeText(permission), number),
  plan_changed: (texts) => texts.errors.plan_changed,
  nothing_changed: (texts) => texts.errors.nothing_changed,
  organization_exists: (texts, { name }) => texts.errors.organization_exists(escapeText(name)),
  draft_lost: (texts) => texts.errors.draft_lost,
  operation_not_found: (texts, { operationId }) => texts.errors.operation_not_found(operationId),
  not_undoable: (texts) => texts.errors.not_undoable,
  undo_expired: (texts, { hours }) => texts.errors.undo_expired(hours),
  nothing_to_undo: (texts) => texts.errors.nothing_to_undo,
  application_unknown: (texts, { wanted }) => texts.errors.application_unknown(escapeText(wanted)),
  several_applications: (texts, { wanted, choices }) =>
    texts.errors.several_applications(
      escapeText(wanted),
      choices.map(({ key, name }) => `\`${escapeText(key)}\` ${escapeText(name)}`).join(', '),
    ),
  last_administrator: (texts) => texts.errors.last_administrator,
  founders_only: (texts) => texts.errors.founders_only,
  last_founder: (texts) => texts.errors.last_founder,
  not_reachable: (texts, { user }) => texts.errors.not_reachable(escapeText(user)),
  unknown_time_zone: (texts, { timeZone }) => texts.errors.unknown_time_zone(escapeText(timeZone)),

  person_left: (texts, { user }) => texts.errors.person_left(escapeText(user)),
  person_not_left: (texts, { user }) => texts.errors.person_not_left(escapeText(user)),
  code_taken: (texts, { code, user }) => texts.errors.code_taken(escapeText(code), escapeText(user)),
  invalid_person: (texts, { field, problem }) => texts.people.fields[field][problem],
  unknown_structure: (texts, { code }) => texts.errors.unknown_structure(escapeText(code)),
  slack_account_taken: (texts, { code, user }) => texts.errors.slack_account_taken(escapeText(code), escapeText(user)),
  founder_keeps_access: (texts, { user }) => texts.errors.founder_keeps_access(escapeText(user)),
  rights_missing: (texts, { needs }) =>
    texts.errors.rights_missing(
      needs.map((needed) => texts.metaPermissions[needed as MetaPermission] ?? needed).join(', '),
    ),

  permission_retired: (texts, { permission }) => texts.errors.permission_retired(escapeText(permission)),
  application_retired: (texts, { application }) => texts.errors.application_retired(escapeText(application)),
  structure_retired: (texts, { structures }) =>
    texts.errors.structure_retired(structures.map(escapeText).join(', '), structures.length),
  structure_not_found: (texts) => texts.errors.structure_not_found,
  structure_cycle: (texts, { structure, parent }) =>
    texts.errors.structure_cycle(escapeText(structure), escapeText(parent)),
  key_taken: (texts, { key, retired }) => texts.errors.key_taken(escapeText(key), retired),
  invalid_entry: (texts, { field }) => texts.errors.invalid_entry[INVALID[field]],
  in_use: (texts, { what, uses }) => texts.errors.in_use(escapeText(what), describeUses(texts, uses)),

  profile_not_found: (texts) => texts.errors.profile_not_found,
  rule_not_found: (texts) => texts.errors.rule_not_found,
  group_not_found: (texts) => texts.errors.group_not_found,
  name_taken: (texts, { name }) => texts.errors.name_taken(escapeText(name)),
  group_code_taken: (texts, { code }) => texts.errors.group_code_taken(escapeText(code)),
  invalid_code: (texts, { code }) => texts.errors.invalid_code(escapeText(code)),
  application_simple: (texts, { application }) => texts.errors.application_simple(escapeText(application)),
  permission_of_other_application: (texts, { permission, application }) =>
    texts.errors.permission_of_other_application(escapeText(permission), escapeText(application)),
  permission_not_in_profile: (texts, { permission, profile }) =>
    texts.errors.permission_not_in_profile(escapeText(permission), escapeText(profile)),
  group_in_use: (texts, { group, rules }) =>
    texts.errors.group_in_use(escapeText(group), rules.map((name) => `*${escapeText(name)}*`).join(', ')),
  group_follows_slack: (texts, { group }) => texts.errors.group_follows_slack(escapeText(group)),
  audit_record_not_found: (texts, { seq }) => texts.audit.errors.notFound(seq),
  not_an_assignment: (texts) => texts.audit.errors.noReceipt,
  approval_needed: (texts) => texts.errors.approval_needed,
  reason_needed: (texts) => texts.errors.reason_needed,
  request_not_found: (texts, { requestId }) => texts.errors.request_not_found(requestId),
  request_not_pending: (texts, { requestId, state }) =>
    texts.errors.request_not_pending(requestId, texts.requests.states[state]),
  request_moved: (texts, { requestId }) => texts.errors.request_moved(requestId),
  own_request: (texts) => texts.errors.own_request,
  not_an_approver: (texts, { requestId }) => texts.errors.not_an_approver(requestId),
  already_decided: (texts, { requestId }) => texts.errors.already_decided(requestId),
  too_few_approvers: (texts, { needed, available }) => texts.errors.too_few_approvers(needed, available),
  not_requestable: (texts) => texts.errors.not_requestable,
  policy_not_found: (texts) => texts.errors.policy_not_found,
  invalid_delegation: (texts, { problem }) => texts.away.errors[problem],
  delegation_not_found: (texts) => texts.errors.delegation_not_found,
  brake: (texts, brake) => texts.brake.held(brake),
  end_in_the_past: (texts) => texts.errors.end_in_the_past,
  notice_gone: (texts) => texts.delivery.gone,
  invalid_until: (texts) => texts.errors.invalid_until,
};

/** What is wrong with an entry's key is wrong with any key. */
const INVALID = { key: 'key', name: 'name', levels: 'levels', entryKey: 'key', entryName: 'name' } as const;

/** A mention made from a Slack id; escaped, it would show as bare letters. */
function isMention(wanted: string): boolean {
  return /^<@[A-Z0-9]+>$/.test(wanted);
}

/** The words for a refusal of the engine. */
function wordEngineError<Code extends EngineErrorCode>(texts: Texts, error: EngineError<Code>): string {
  return WORDING[error.code](texts, error.details);
}

const StoredError = z.union([
  z.object({ code: z.string(), details: z.unknown() }),
  z.object({ reference: z.string() }),
]);

/** The words for an error that was stored as data: a refusal of the engine, or the reference of an unforeseen one. */
export function wordStoredError(texts: Texts, stored: unknown): string {
  const parsed = StoredError.safeParse(stored);
  if (!parsed.success) return texts.errors.draft_lost;
  if ('reference' in parsed.data) return texts.errors.unexpected(parsed.data.reference);
  const { code, details } = parsed.data;
  // Another version may know other refusals
  if (!Object.hasOwn(WORDING, code)) return texts.errors.draft_lost;
  return wordEngineError(texts, new EngineError(code as EngineErrorCode, details as EngineErrors[EngineErrorCode]));
}

/** The same of a request, for everybody who reads of it: the right that is missing is missing to whoever asked. */
export function wordRequestError(texts: Texts, stored: unknown): string {
  const lacking = z
    .object({ code: z.literal('not_allowed'), details: z.object({ needs: z.string() }) })
    .safeParse(stored);
  if (!lacking.success) return wordStoredError(texts, stored);
  const { needs } = lacking.data.details;
  return texts.requests.lacksRight(texts.metaPermissions[needs as MetaPermission] ?? needs);
}

/** Answers that mean that a window could not be opened any more: a trigger lives three seconds and works once. */
const TRIGGER_ENDED = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id']);

/** The `error` that Slack's Web API answered with; empty for any other failure. */
export function slackErrorOf(error: unknown): string {
  return error instanceof WebAPIPlatformError ? error.data.error : '';
}

/**
 * What a person is told when something could not be done. An error that nobody foresaw is logged under the reference
 * that the person is given.
 */
export function errorText(texts: Texts, error: unknown, log: (reference: string, error: unknown) => void): string {
  if (error instanceof EngineError) return wordEngineError(texts, error);
  if (error instanceof InputError) return error.message;
  if ((error as { code?: unknown } | null)?.code === ErrorCode.RateLimitedError) return texts.errors.busy;
  if (TRIGGER_ENDED.has(slackErrorOf(error))) return texts.errors.tooLate;
  const reference = randomBytes(4).toString('hex');
  log(reference, error);
  return texts.errors.unexpected(reference);
}
