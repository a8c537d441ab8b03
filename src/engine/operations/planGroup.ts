import type { Queryable } from '../../persistence/database.ts';
import { compareWithSlack, deleteGroup, findGroup, findGroupByCode, type Group } from '../../persistence/groups.ts';
import { selectRulesOfGroup } from '../../persistence/rules.ts';
import { changeSourceMembers, selectChosenForSource } from '../../persistence/sourceMembers.ts';
import { STRUCTURE_CODE } from '../core/parameter.ts';
import type { SourceChangeOf } from '../core/sourceChange.ts';
import { EngineError } from '../errors.ts';
import { aboutOf, NOBODY, type PlannedSource } from './plannedSource.ts';

/** A group of the organization. @throws EngineError `group_not_found`. */
export async function getGroup(queryable: Queryable, organizationId: number, groupId: number): Promise<Group> {
  const group = await findGroup(queryable, organizationId, groupId);
  if (!group) throw new EngineError('group_not_found', {});
  return group;
}

/** A group without members. @throws EngineError `invalid_code`, `group_code_taken`. */
export async function planCreateGroup(
  queryable: Queryable,
  organizationId: number,
  { code, name }: SourceChangeOf<'create_group'>,
): Promise<PlannedSource> {
  await requireFreeCode(queryable, organizationId, { code });
  return {
    about: aboutOf(name),
    scope: NOBODY,
    subject: { group: code },
    before: null,
    after: { code, name },
    async write(transaction) {
      return (await transaction.group.create({ data: { organizationId, code, name } })).id;
    },
  };
}

/**
 * Another code or name.
 * @throws EngineError `group_not_found`, `nothing_changed`, `invalid_code`, `group_code_taken`.
 */
export async function planEditGroup(
  queryable: Queryable,
  organizationId: number,
  { groupId, code, name }: SourceChangeOf<'edit_group'>,
): Promise<PlannedSource> {
  const group = await getGroup(queryable, organizationId, groupId);
  if (group.code === code && group.name === name) throw new EngineError('nothing_changed', {});
  if (group.code !== code) await requireFreeCode(queryable, organizationId, { code, id: groupId });
  return {
    about: aboutOf(group.name, { renamed: name }),
    scope: NOBODY,
    subject: { group: group.code },
    before: { code: group.code, name: group.name },
    after: { code, name },
    async write(transaction) {
      await transaction.group.update({ where: keyOf(organizationId, groupId), data: { code, name } });
      return groupId;
    },
  };
}

/** The group goes, unless a rule is for it. @throws EngineError `group_not_found`, `group_in_use`. */
export async function planDeleteGroup(
  queryable: Queryable,
  organizationId: number,
  { groupId }: SourceChangeOf<'delete_group'>,
): Promise<PlannedSource> {
  const { code, name, slackUserGroupId } = await getGroup(queryable, organizationId, groupId);
  const rules = await selectRulesOfGroup(queryable, organizationId, groupId);
  if (rules.length > 0) {
    throw new EngineError('group_in_use', { group: name, rules: rules.map((rule) => rule.name) });
  }
  const members = await queryable.groupMember.count({ where: { organizationId, groupId } });
  return {
    about: aboutOf(name, { leaving: members }),
    scope: { audiences: [{ groupId }], permissionIds: [] },
    subject: { group: code },
    before: { code, name, slackUserGroup: slackUserGroupId, members },
    after: null,
    async write(transaction) {
      await deleteGroup(transaction, organizationId, groupId);
      return groupId;
    },
  };
}

/**
 * People join a group or leave it by hand; who is in it, or out of it, already is left as they are.
 * @throws EngineError `group_not_found`, `group_follows_slack`, `nobody_chosen`, `user_not_found` for anybody of
 *   elsewhere, `nothing_changed`.
 */
export async function planGroupMembers(
  queryable: Queryable,
  organizationId: number,
  { groupId, join, leave }: SourceChangeOf<'change_group_members'>,
): Promise<PlannedSource> {
  const group = await getGroup(queryable, organizationId, groupId);
  if (group.slackUserGroupId !== null) throw new EngineError('group_follows_slack', { group: group.name });
  const wanted = new Set(join);
  const everyone = [...new Set([...join, ...leave])];
  if (everyone.length === 0) throw new EngineError('nobody_chosen', {});
  const chosen = await selectChosenForSource(queryable, organizationId, { kind: 'group', id: groupId }, everyone);
  if (chosen.length < everyone.length) throw new EngineError('user_not_found', { wanted: '?' });
  const moving = chosen.filter(({ userId, member }) => member !== wanted.has(userId));
  if (moving.length === 0) throw new EngineError('nothing_changed', {});
  const joining = moving.filter(({ member }) => !member);
  const leaving = moving.filter(({ member }) => member);
  return {
    ...(await membership(queryable, organizationId, group, { joining, leaving })),
    about: aboutOf(group.name, {
      ...{ joining: joining.length, leaving: leaving.length, already: chosen.length - moving.length },
    }),
  };
}

/**
 * The members that a Slack user group has, matched by Slack id, become the group's; asked again it takes over who
 * joined and left since. Null detaches the group.
 * @throws EngineError `group_not_found`, `nothing_changed`.
 */
export async function planFollowUserGroup(
  queryable: Queryable,
  organizationId: number,
  { groupId, userGroup, slackUserIds }: SourceChangeOf<'follow_user_group'>,
): Promise<PlannedSource> {
  const group = await getGroup(queryable, organizationId, groupId);
  const isFollowed = group.slackUserGroupId === (userGroup?.id ?? null);
  const compared = userGroup ? await compareWithSlack(queryable, organizationId, groupId, slackUserIds) : [];
  const joining = compared.filter(({ wanted, member }) => wanted && !member);
  const leaving = compared.filter(({ wanted, member }) => !wanted && member);
  if (isFollowed && joining.length + leaving.length === 0) throw new EngineError('nothing_changed', {});
  const matched = compared.filter(({ wanted }) => wanted).length;
  const { before, after, write, ...planned } = await membership(queryable, organizationId, group, { joining, leaving });
  return {
    ...planned,
    about: aboutOf(group.name, {
      ...{ joining: joining.length, leaving: leaving.length, already: matched - joining.length },
      ...{ userGroup: userGroup?.name ?? null, unmatched: new Set(slackUserIds).size - matched },
    }),
    before: { ...before, slackUserGroup: group.slackUserGroupId },
    after: { ...after, slackUserGroup: userGroup?.id ?? null },
    async write(transaction) {
      await transaction.group.update({
        where: keyOf(organizationId, groupId),
        data: { slackUserGroupId: userGroup?.id ?? null },
      });
      return write(transaction);
    },
  };
}

type Moving = { userId: number; code: string }[];

/** What people joining and leaving a group means for the rules that are for it. */
async function membership(
  queryable: Queryable,
  organizationId: number,
  { id, code }: Group,
  { joining, leaving }: { joining: Moving; leaving: Moving },
) {
  const rules = await selectRulesOfGroup(queryable, organizationId, id);
  const idsOf = (people: Moving) => people.map(({ userId }) => userId);
  const codesOf = (people: Moving) => people.map((person) => person.code);
  const moving = { join: idsOf(joining), leave: idsOf(leaving) };
  return {
    scope: {
      audiences: [{ userIds: [...moving.join, ...moving.leave] }],
      permissionIds: [...new Set(rules.map(({ permissionId }) => permissionId))],
    },
    subject: { group: code },
    before: { left: codesOf(leaving) },
    after: { joined: codesOf(joining) },
    async write(transaction: Parameters<PlannedSource['write']>[0]) {
      await changeSourceMembers(transaction, organizationId, { kind: 'group', id }, moving);
      return id;
    },
  };
}

async function requireFreeCode(
  queryable: Queryable,
  organizationId: number,
  { code, id }: { code: string; id?: number },
): Promise<void> {
  if (!STRUCTURE_CODE.test(code)) throw new EngineError('invalid_code', { code });
  const found = await findGroupByCode(queryable, organizationId, code);
  if (found && found.id !== id) throw new EngineError('group_code_taken', { code });
}

function keyOf(organizationId: number, id: number) {
  return { organizationId_id: { organizationId, id } };
}
