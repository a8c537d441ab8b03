import { findPermission } from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import { findGroup } from '../../persistence/groups.ts';
import { findRule, findRuleByName, type Rule } from '../../persistence/rules.ts';
import type { Json } from '../core/canonicalJson.ts';
import type { SourceAbout, SourceChangeOf } from '../core/sourceChange.ts';
import { EngineError } from '../errors.ts';
import { getParameter, permissionLabel } from './permissionParameter.ts';
import { aboutOf, type PlannedSource } from './plannedSource.ts';

type WantedAudience = SourceChangeOf<'create_rule'>['audience'];
type NamedAudience = NonNullable<SourceAbout['audience']>;

/** A rule of the organization. @throws EngineError `rule_not_found`. */
export async function getRule(queryable: Queryable, organizationId: number, ruleId: number): Promise<Rule> {
  const rule = await findRule(queryable, organizationId, ruleId);
  if (!rule) throw new EngineError('rule_not_found', {});
  return rule;
}

/**
 * A new rule.
 * @throws EngineError `permission_not_found`, `group_not_found`, `structure_not_found`, `name_taken`, and what
 *   `getParameter` refuses.
 */
export async function planCreateRule(
  queryable: Queryable,
  organizationId: number,
  wanted: SourceChangeOf<'create_rule'>,
): Promise<PlannedSource> {
  const { name, permissionId, value } = wanted;
  const permission = await findPermission(queryable, organizationId, permissionId);
  if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
  const audience = await nameAudience(queryable, organizationId, wanted.audience);
  await requireFreeName(queryable, organizationId, { name });
  const param = await getParameter(queryable, organizationId, permission, wanted);
  return {
    about: aboutOf(name, { audience, permission: { ...nameOf(permission), before: null, after: { value, param } } }),
    scope: { audiences: [wanted.audience], permissionIds: [permissionId] },
    subject: { rule: name },
    before: null,
    after: recorded({ name, audience, permission: permissionLabel(permission), value, param }),
    async write(transaction) {
      const data = { organizationId, name, permissionId, value, param, ...columnsOf(wanted.audience) };
      return (await transaction.rule.create({ data })).id;
    },
  };
}

/**
 * Another name, audience, value or parameter; the permission stays.
 * @throws EngineError `rule_not_found`, `nothing_changed`, and what {@link planCreateRule} refuses.
 */
export async function planEditRule(
  queryable: Queryable,
  organizationId: number,
  wanted: SourceChangeOf<'edit_rule'>,
): Promise<PlannedSource> {
  const { ruleId, name, value } = wanted;
  const rule = await getRule(queryable, organizationId, ruleId);
  const { permission } = rule;
  const audience = await nameAudience(queryable, organizationId, wanted.audience);
  await requireFreeName(queryable, organizationId, { name, id: ruleId });
  const param = await getParameter(queryable, organizationId, permission, wanted);
  const heldAudience: WantedAudience =
    rule.audience.kind === 'group' ? { groupId: rule.audience.id } : { structureId: rule.audience.id };
  const isSameAudience = rule.audience.kind === audience.kind && rule.audience.code === audience.code;
  if (rule.name === name && isSameAudience && rule.value === value && rule.param === param) {
    throw new EngineError('nothing_changed', {});
  }
  const label = permissionLabel(permission);
  return {
    about: aboutOf(rule.name, {
      ...{ audience, renamed: rule.name === name ? null : name },
      permission: { ...nameOf(permission), before: { value: rule.value, param: rule.param }, after: { value, param } },
    }),
    scope: { audiences: [heldAudience, wanted.audience], permissionIds: [permission.id] },
    subject: { rule: rule.name },
    before: recorded({ ...rule, permission: label }),
    after: recorded({ name, audience, permission: label, value, param }),
    async write(transaction) {
      const where = { organizationId_id: { organizationId, id: ruleId } };
      await transaction.rule.update({ where, data: { name, value, param, ...columnsOf(wanted.audience) } });
      return ruleId;
    },
  };
}

/** The rule goes, and what it gave. @throws EngineError `rule_not_found`. */
export async function planDeleteRule(
  queryable: Queryable,
  organizationId: number,
  { ruleId }: SourceChangeOf<'delete_rule'>,
): Promise<PlannedSource> {
  const rule = await getRule(queryable, organizationId, ruleId);
  const { permission, audience, value, param } = rule;
  return {
    about: aboutOf(rule.name, {
      audience,
      permission: { ...nameOf(permission), before: { value, param }, after: null },
    }),
    scope: {
      audiences: [audience.kind === 'group' ? { groupId: audience.id } : { structureId: audience.id }],
      permissionIds: [permission.id],
    },
    subject: { rule: rule.name },
    before: recorded({ ...rule, permission: permissionLabel(permission) }),
    after: null,
    async write(transaction) {
      await transaction.rule.delete({ where: { organizationId_id: { organizationId, id: ruleId } } });
      return ruleId;
    },
  };
}

async function requireFreeName(
  queryable: Queryable,
  organizationId: number,
  { name, id }: { name: string; id?: number },
): Promise<void> {
  const found = await findRuleByName(queryable, organizationId, name);
  if (found && found.id !== id) throw new EngineError('name_taken', { name });
}

async function nameAudience(
  queryable: Queryable,
  organizationId: number,
  audience: WantedAudience,
): Promise<NamedAudience> {
  if ('groupId' in audience) {
    const group = await findGroup(queryable, organizationId, audience.groupId);
    if (!group) throw new EngineError('group_not_found', {});
    return { kind: 'group', code: group.code, name: group.name };
  }
  const id = audience.structureId;
  const structure = await queryable.structure.findUnique({ where: { organizationId_id: { organizationId, id } } });
  if (!structure) throw new EngineError('structure_not_found', {});
  return { kind: 'structure', code: structure.code, name: structure.name };
}

function nameOf({ applicationName, name, main }: Rule['permission']) {
  return { applicationName, name, main };
}

function columnsOf(audience: WantedAudience) {
  const groupId = 'groupId' in audience ? audience.groupId : null;
  return { groupId, structureId: 'structureId' in audience ? audience.structureId : null };
}

/** A rule as audit records tell it. */
function recorded(rule: {
  name: string;
  audience: NamedAudience;
  permission: string;
  value: string;
  param: string;
}): Json {
  const { name, audience, permission, value, param } = rule;
  return { name, [audience.kind]: audience.code, permission, value, param };
}
