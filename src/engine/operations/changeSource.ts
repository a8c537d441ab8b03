import {
  type AccessDifference,
  compareAccess,
  recordAccessDifference,
  rememberAccess,
  rememberDifference,
  selectAccessDifference,
} from '../../persistence/accessDifference.ts';
import type { Queryable, Transaction } from '../../persistence/database.ts';
import { lockOrganization } from '../../persistence/organizationLock.ts';
import { rawQueryOf } from '../../persistence/rawQuery.ts';
import { hashOf } from '../core/canonicalJson.ts';
import type { ChangedPerson } from '../core/changedPerson.ts';
import { type Actor, mayDo } from '../core/metaPermissions.ts';
import { SOURCE_CHANGES, type SourceAbout, type SourceChange } from '../core/sourceChange.ts';
import { EngineError } from '../errors.ts';
import { planCreateGroup, planDeleteGroup, planEditGroup, planFollowUserGroup, planGroupMembers } from './planGroup.ts';
import type { PlannedSource } from './plannedSource.ts';
import { planCreateProfile, planDeleteProfile, planProfilePeople } from './planProfile.ts';
import { planEditProfile } from './planProfileEdit.ts';
import { planCreateRule, planDeleteRule, planEditRule } from './planRule.ts';
import { type Command, type EngineContext, type OperationDone, rehearse, runOperation } from './runOperation.ts';

export interface ChangeSourceCommand extends Command {
  change: SourceChange;
  /** Hash of the preview that was confirmed; may be left out only where nobody is concerned, as by a new profile. */
  planHash?: string;
}

/** What a change did. */
export interface SourceOutcome {
  /** The profile, rule or group. */
  id: number;
  /** People whose access changed; they are told. */
  people: number;
  [key: string]: number;
}

/** What a change would do. */
export interface SourcePreview {
  about: SourceAbout;
  difference: AccessDifference;
  /** One page of those whose access changes. */
  people: ChangedPerson[];
  planHash: string;
}

/**
 * Changes a profile, a rule or a group for real, and tells those whose access it changed. Needs what `SOURCE_CHANGES`
 * says.
 * @throws EngineError `plan_changed` where it would no longer do what was confirmed, and what its plan refuses.
 */
export function changeSource(
  context: EngineContext,
  { change, planHash, ...command }: ChangeSourceCommand,
): Promise<OperationDone<SourceOutcome>> {
  const { kind } = change;
  const { organizationId } = command.actor;
  const operation = { kind, needs: SOURCE_CHANGES[kind], command };
  return runOperation<SourceOutcome>(context, operation, async (transaction, { id: operationId, at }) => {
    const done = await tryChange(transaction, organizationId, change);
    const { planned, difference } = done;
    const isConfirmed = planHash === undefined ? planned.scope.audiences.length === 0 : planHash === done.planHash;
    if (!isConfirmed) throw new EngineError('plan_changed', {});
    await recordAccessDifference(transaction, { organizationId, operationId });
    if (!context.rehearsing) await rememberDifference(transaction, organizationId, at);
    const { about, subject, before, after } = planned;
    return {
      packageNumber: null,
      planHash: done.planHash,
      snapshot: about,
      outcome: { id: done.id, people: difference.people },
      audit: { subject, before, after },
      messages: difference.people > 0 ? [{ kind: 'access_changed', payload: { audience: 'changed' } }] : [],
    };
  });
}

/**
 * What a change would do, exactly: it is done, compared, and rolled back. Takes its turn among the organization's
 * writers, so that nothing of theirs is mistaken for its own. Needs what the change needs.
 * @throws EngineError `not_allowed`, and what its plan refuses.
 */
export async function previewSource(
  context: EngineContext,
  actor: Actor,
  change: SourceChange,
  page: { offset: number; limit: number },
): Promise<SourcePreview> {
  requireNeeded(actor, change);
  const { organizationId } = actor;
  return rehearse(context, async ({ within }) => {
    await lockOrganization(rawQueryOf(within), organizationId);
    const { planned, difference, planHash } = await tryChange(within, organizationId, change);
    const people = await selectAccessDifference(within, organizationId, page);
    return { about: planned.about, difference, people, planHash };
  });
}

/** Checks a change without doing it, so that a form can say what is wrong with it. Needs what the change needs. */
export async function checkSource({ database }: EngineContext, actor: Actor, change: SourceChange): Promise<void> {
  requireNeeded(actor, change);
  await planSource(database.prisma, actor.organizationId, change);
}

function requireNeeded(actor: Actor, { kind }: SourceChange): void {
  const needs = SOURCE_CHANGES[kind];
  if (!mayDo(actor, needs)) throw new EngineError('not_allowed', { needs });
}

/** Does a change and says what it did to whose access; what becomes of it is the transaction's affair. */
async function tryChange(transaction: Transaction, organizationId: number, change: SourceChange) {
  const planned = await planSource(transaction, organizationId, change);
  const scope = { organizationId, ...planned.scope };
  await rememberAccess(transaction, scope);
  const id = await planned.write(transaction);
  const difference = await compareAccess(transaction, scope);
  const { subject, before, after } = planned;
  return { planned, id, difference, planHash: hashOf({ kind: change.kind, subject, before, after, difference }) };
}

function planSource(queryable: Queryable, organizationId: number, change: SourceChange): Promise<PlannedSource> {
  switch (change.kind) {
    case 'create_profile':
      return planCreateProfile(queryable, organizationId, change);
    case 'edit_profile':
      return planEditProfile(queryable, organizationId, change);
    case 'delete_profile':
      return planDeleteProfile(queryable, organizationId, change);
    case 'assign_profile':
    case 'unassign_profile':
      return planProfilePeople(queryable, organizationId, change);
    case 'create_rule':
      return planCreateRule(queryable, organizationId, change);
    case 'edit_rule':
      return planEditRule(queryable, organizationId, change);
    case 'delete_rule':
      return planDeleteRule(queryable, organizationId, change);
    case 'create_group':
      return planCreateGroup(queryable, organizationId, change);
    case 'edit_group':
      return planEditGroup(queryable, organizationId, change);
    case 'delete_group':
      return planDeleteGroup(queryable, organizationId, change);
    case 'change_group_members':
      return planGroupMembers(queryable, organizationId, change);
    case 'follow_user_group':
      return planFollowUserGroup(queryable, organizationId, change);
    default:
      return change satisfies never;
  }
}
