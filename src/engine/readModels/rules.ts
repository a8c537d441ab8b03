import { type Group, type GroupSummary, selectGroups } from '../../persistence/groups.ts';
import { type Rule, selectRules, selectRulesOfGroup } from '../../persistence/rules.ts';
import { type SourceMember, selectSourceMembers } from '../../persistence/sourceMembers.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { getGroup } from '../operations/planGroup.ts';
import { getRule } from '../operations/planRule.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { Group, GroupSummary, Rule };

interface Page {
  text: string;
  offset: number;
  limit: number;
}

/** One page of the rules, filtered by name, audience and permission. Needs `view`. */
export async function listRules(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: Page,
): Promise<{ rules: Rule[]; total: number }> {
  requireMay(actor, 'view');
  return selectRules(prisma, actor.organizationId, page);
}

/** One rule. Needs `view`. @throws EngineError `rule_not_found`. */
export async function showRule({ database: { prisma } }: EngineContext, actor: Actor, ruleId: number): Promise<Rule> {
  requireMay(actor, 'view');
  return getRule(prisma, actor.organizationId, ruleId);
}

/** One page of the groups, filtered by code and name. Needs `view`. */
export async function listGroups(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: Page,
): Promise<{ groups: GroupSummary[]; total: number }> {
  requireMay(actor, 'view');
  return selectGroups(prisma, actor.organizationId, page);
}

/** A group, and the names of the rules that are for it. Needs `view`. @throws EngineError `group_not_found`. */
export async function showGroup(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  groupId: number,
): Promise<{ group: Group; rules: string[] }> {
  requireMay(actor, 'view');
  const group = await getGroup(prisma, actor.organizationId, groupId);
  const rules = await selectRulesOfGroup(prisma, actor.organizationId, groupId);
  return { group, rules: rules.map(({ name }) => name) };
}

/** One page of the members of a group. Needs `view`. */
export async function listGroupMembers(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  groupId: number,
  page: Page,
): Promise<{ members: SourceMember[]; total: number }> {
  requireMay(actor, 'view');
  return selectSourceMembers(prisma, actor.organizationId, { kind: 'group', id: groupId }, page);
}
