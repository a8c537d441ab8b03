import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessChange } from '../../../src/engine/core/accessChange.ts';
import type { SourceChange } from '../../../src/engine/core/sourceChange.ts';
import { changeSource, previewSource } from '../../../src/engine/operations/changeSource.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { rawQueryOf } from '../../../src/persistence/rawQuery.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let clerk: ActorRef;
/** Ids by code. */
let ids: Record<string, number>;
let profileId: number;
let registry: number;

const PEOPLE = ['FREE', 'OWN', 'DENIED', 'PACKAGED', 'SUSPENDED', 'READER', 'RULED'];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  const { prisma } = test.database;
  const added = await organization.addUsers(...PEOPLE);
  ids = Object.fromEntries(PEOPLE.map((code, index) => [code, Number(added[index])]));
  ids.BOSS = await organization.addFounder('BOSS');
  clerk = await organization.addAdministrator('CLERK', 'define_profiles', 'assign_profiles', 'manage_catalog');
  await organization.addPackage(1, { 'registry/records': ['view'] });
  await organization.addPackage(2, { 'registry/records': ['view'] });
  await prisma.package.updateMany({
    where: { organizationId: organization.id, number: 2 },
    data: { state: 'disabled' },
  });
  await organization.addRow(id('OWN'), 'registry/records', { value: 'admin', param: 'REG' });
  await organization.addRow(id('DENIED'), 'registry/records', { value: 'view', reason: 'manual' });
  await organization.addRow(id('PACKAGED'), 'registry/records', { value: 'view', packageNumber: 1 });
  await organization.addRow(id('SUSPENDED'), 'registry/records', { value: 'admin', packageNumber: 2 });
  await organization.addProfile('Browser', 'registry/records', 'view', id('READER'));
  await organization.addRule('Rota reads', 'registry/records', 'view', id('RULED'));
  await organization.addProfile('Editor', 'registry/records', 'edit');
  const profile = await prisma.profile.findFirstOrThrow({ where: { organizationId: organization.id, name: 'Editor' } });
  profileId = profile.id;
  registry = profile.applicationId;
});

const id = (code: string) => Number(ids[code]);
const everybody = () => [...PEOPLE, 'BOSS'].map(id);

async function actorOf({ organizationId, userId }: ActorRef) {
  const actor = await findActor(test.database.prisma, organizationId, { userId });
  if (!actor) throw new Error('nobody');
  return actor;
}

const preview = async (change: SourceChange, actor = clerk) =>
  previewSource(organization.context, await actorOf(actor), change, { offset: 0, limit: 100 });

/** What everybody but founders has, by the view that applications read. */
async function access(): Promise<Map<string, { value: string; param: string; levels: string[] }>> {
  const rows = await test.database.prisma.$queryRaw<{ cell: string; value: string; param: string; levels: string[] }[]>`
    SELECT u.code || '/' || p.name AS cell, g.value, g.param, p.levels
    FROM effective_grants g
    JOIN users u ON u.organization_id = g.organization_id AND u.id = g.user_id AND NOT u.founder
    JOIN permissions p ON p.organization_id = g.organization_id AND p.id = g.permission_id
    WHERE g.organization_id = ${organization.id}`;
  return new Map(rows.map(({ cell, ...held }) => [cell, held]));
}

/** Previews a change, applies it, and holds the preview against what really became of everybody in the organization. */
async function apply(change: SourceChange) {
  const shown = await preview(change);
  const before = await access();
  const done = await changeSource(organization.context, {
    ...{ actor: clerk, key: randomUUID(), change, planHash: shown.planHash },
  });
  const after = await access();
  const really = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((cell) => {
    const levels = (before.get(cell) ?? after.get(cell))?.levels ?? [];
    const kind = accessChange(before.get(cell) ?? null, after.get(cell) ?? null, levels);
    return kind === 'same' ? [] : [`${cell} ${kind}`];
  });
  const told = shown.people.flatMap(({ code, cells }) => cells.map((cell) => `${code}/${cell.name} ${cell.change}`));
  expect(told.sort()).toEqual(really);
  const people = await test.database.prisma.operationChange.findMany({
    where: { organizationId: organization.id, operationId: done.operationId },
  });
  const changed = people.filter(({ membership }) => membership === 'access_changed').map(({ userCode }) => userCode);
  expect(changed.sort()).toEqual([...new Set(really.map((one) => one.split('/')[0]))].sort());
  expect(done.outcome.people).toBe(changed.length);
  const messages = await test.database.prisma.outboxEntry.findMany({
    where: { organizationId: organization.id, operationId: done.operationId },
  });
  expect(messages.map(({ kind }) => kind)).toEqual(changed.length > 0 ? ['access_changed'] : []);
  const record = await test.database.prisma.auditRecord.findFirstOrThrow({
    where: { organizationId: organization.id, operationId: done.operationId },
  });
  expect(await findBrokenAuditRecord(rawQueryOf(test.database.prisma), organization.id)).toBeNull();
  return { shown, really, outcome: done.outcome, record, concerned: people.map(({ userCode }) => userCode).sort() };
}

describe('a profile', () => {
  it('gives access to those who have nothing better, and tells why the others’ stays as it is', async () => {
    const { shown, really, record, concerned } = await apply({
      ...{ kind: 'assign_profile', profileId, userIds: everybody() },
    });
    expect(really).toEqual([
      'FREE/Student records gain',
      'READER/Student records up',
      'RULED/Student records up',
      'SUSPENDED/Student records gain',
    ]);
    expect(shown.difference).toMatchObject({ gain: 2, up: 2, loss: 0, people: 4, concerned: 7 });
    expect(shown.difference).toMatchObject({ own: 2, denied: 1, same: 0, lacksMain: 2 });
    expect(shown.about).toMatchObject({ name: 'Editor', application: 'Student Registry', joining: 8, already: 0 });
    expect(concerned).toEqual([...PEOPLE, 'BOSS'].sort());
    expect(record.after).toMatchObject({
      people: [...PEOPLE, 'BOSS'].sort(),
      permissions: [{ permission: 'Student Registry · Student records', value: 'edit', param: '' }],
    });
  });

  it('is changed, and taken away, with exactly the effect that was shown', async () => {
    await apply({ kind: 'assign_profile', profileId, userIds: everybody() });
    const records = organization.permissions['registry/records'];
    const edit = (value: string, structures: string[]) =>
      ({ kind: 'edit_profile', profileId, edit: { what: 'set', permissionId: records, value, structures } }) as const;
    expect((await apply(edit('edit', ['REG']))).shown.difference).toMatchObject({ scope: 4, people: 4 });
    expect((await apply(edit('view', ['*']))).shown.difference).toMatchObject({
      down: 4,
      people: 4,
      own: 2,
      denied: 1,
    });
    const open = organization.permissions['registry/open'];
    const main = { what: 'set' as const, permissionId: open, value: 'granted', structures: [] };
    expect((await apply({ kind: 'edit_profile', profileId, edit: main })).shown.difference.gain).toBe(7);
    const { shown, record } = await apply({
      ...{ kind: 'edit_profile', profileId, edit: { what: 'remove', permissionId: records } },
    });
    expect(shown.difference).toMatchObject({ loss: 2, scope: 1, same: 1, people: 3 });
    expect(record.before).toMatchObject({ permissions: [{}, { value: 'view', param: '*' }] });
    await apply({ kind: 'unassign_profile', profileId, userIds: [id('FREE'), id('OWN')] });
    const gone = await apply({ kind: 'delete_profile', profileId });
    expect(gone.record).toMatchObject({
      before: { name: 'Editor', people: 6, permissions: [{ value: 'granted' }] },
      after: null,
    });
    expect(
      await test.database.prisma.profileUser.count({ where: { organizationId: organization.id, profileId } }),
    ).toBe(0);
  });

  it('decides a tie by its name, so that renaming it can change access', async () => {
    const { prisma } = test.database;
    await prisma.profilePermission.updateMany({
      where: { organizationId: organization.id, profileId },
      data: { value: 'view', param: 'REG' },
    });
    await apply({ kind: 'assign_profile', profileId, userIds: [id('READER')] });
    const { really } = await apply({ kind: 'edit_profile', profileId, edit: { what: 'rename', name: 'Aardvark' } });
    expect(really).toEqual(['READER/Student records scope']);
  });

  it('is created with a name of its own, in an application that is not in Simple App Mode', async () => {
    const { prisma } = test.database;
    const command = (change: SourceChange) => ({ actor: clerk, key: randomUUID(), change });
    const create = (applicationId: number, name: string) =>
      changeSource(organization.context, command({ kind: 'create_profile', applicationId, name }));
    const { outcome } = await create(registry, 'Auditor');
    expect(
      await prisma.profile.findFirst({ where: { organizationId: organization.id, id: outcome.id } }),
    ).toMatchObject({
      ...{ name: 'Auditor', applicationId: registry },
    });
    await expect(create(registry, 'AUDITOR')).rejects.toMatchObject({ code: 'name_taken' });
    const help = await prisma.application.findFirstOrThrow({
      where: { organizationId: organization.id, key: 'tickets' },
    });
    await expect(create(help.id, 'Helper')).rejects.toMatchObject({
      ...{ code: 'application_simple', details: { application: 'Help Desk' } },
    });
    // Retired permissions do not count
    await prisma.permission.updateMany({
      where: { organizationId: organization.id, applicationId: registry, isMain: false },
      data: { retiredAt: new Date() },
    });
    await expect(create(registry, 'Reader')).rejects.toMatchObject({ code: 'application_simple' });
  });
});

describe('a rule', () => {
  const rule = (audience: { groupId: number } | { structureId: number }, value = 'edit'): SourceChange => ({
    ...{ kind: 'create_rule', name: 'Staff', audience, value, structures: ['REG'] },
    permissionId: organization.permissions['registry/records'],
  });

  it('reaches a structure and those below it, and nobody else', async () => {
    const { prisma } = test.database;
    const below = await prisma.structure.create({
      data: { organizationId: organization.id, code: 'SUB', name: 'Sub', path: [], searchText: 'sub' },
    });
    const key = { organizationId_id: { organizationId: organization.id, id: below.id } };
    await prisma.structure.update({ where: key, data: { path: [organization.structureId, below.id] } });
    await prisma.user.updateMany({
      where: { organizationId: organization.id, code: 'FREE' },
      data: { structureId: below.id },
    });
    const whole = await preview(rule({ structureId: organization.structureId }));
    expect(whole.people.map(({ code }) => code)).toContain('FREE');
    const { really, outcome, record } = await apply(rule({ structureId: below.id }));
    expect(really).toEqual(['FREE/Student records gain']);
    expect(record.after).toEqual({
      ...{
        name: 'Staff',
        structure: 'SUB',
        permission: 'Student Registry · Student records',
        value: 'edit',
        param: 'REG',
      },
    });
    const moved = { kind: 'edit_rule' as const, ruleId: outcome.id, name: 'Staff', value: 'view', structures: [] };
    const { shown } = await apply({ ...moved, audience: { groupId: organization.groupId } });
    expect(shown.difference).toMatchObject({ loss: 1, people: 1, same: 1 });
    const gone = await apply({ kind: 'delete_rule', ruleId: outcome.id });
    expect(gone.record).toMatchObject({ before: { group: 'rota', value: 'view' }, after: null });
  });

  it('counts nobody where an own authorization wins over it', async () => {
    await apply({
      kind: 'change_group_members',
      groupId: organization.groupId,
      join: [id('OWN')],
      leave: [id('RULED')],
    });
    const { shown } = await apply(rule({ groupId: organization.groupId }, 'admin'));
    expect(shown.difference).toMatchObject({ people: 0, concerned: 1, own: 1 });
  });
});

describe('a group', () => {
  it('takes people in and out, with what its rules give', async () => {
    const { groupId } = organization;
    const { really, record } = await apply({
      ...{ kind: 'change_group_members', groupId, join: [id('FREE'), id('OWN'), id('BOSS')], leave: [id('RULED')] },
    });
    expect(really).toEqual(['FREE/Student records gain', 'RULED/Student records loss']);
    expect(record).toMatchObject({ before: { left: ['RULED'] }, after: { joined: ['BOSS', 'FREE', 'OWN'] } });
  });

  it('takes over who is in a Slack user group, and is closed to hands until it is detached', async () => {
    const { groupId } = organization;
    const slackIdOf = (code: string) => `U0${organization.id}${code}`;
    const follow = (...slackUserIds: string[]): SourceChange => ({
      ...{ kind: 'follow_user_group', groupId, userGroup: { id: 'S1', name: 'Desk' }, slackUserIds },
    });
    const { shown, record } = await apply(follow(slackIdOf('FREE'), 'U0NOBODY', 'U0NOBODY'));
    expect(shown.about).toMatchObject({ joining: 1, leaving: 1, already: 0, unmatched: 1, userGroup: 'Desk' });
    expect(record).toMatchObject({
      before: { slackUserGroup: null },
      after: { joined: ['FREE'], slackUserGroup: 'S1' },
    });
    await expect(preview(follow(slackIdOf('FREE')))).rejects.toMatchObject({ code: 'nothing_changed' });
    const byHand: SourceChange = { kind: 'change_group_members', groupId, join: [id('OWN')], leave: [] };
    await expect(preview(byHand)).rejects.toMatchObject({ code: 'group_follows_slack' });
    const detached = await apply({ kind: 'follow_user_group', groupId, userGroup: null, slackUserIds: [] });
    expect(detached.really).toEqual([]);
    await apply(byHand);
  });

  it('is not deleted while a rule is for it, which is named', async () => {
    const { groupId } = organization;
    await expect(preview({ kind: 'delete_group', groupId })).rejects.toMatchObject({
      ...{ code: 'group_in_use', details: { group: 'Rota', rules: ['Rota reads'] } },
    });
    await test.database.prisma.rule.deleteMany({ where: { organizationId: organization.id } });
    const { record, concerned } = await apply({ kind: 'delete_group', groupId });
    expect(record).toMatchObject({ before: { code: 'rota', members: 1 }, after: null });
    expect(concerned).toEqual(['RULED']);
  });
});

describe('what was confirmed', () => {
  it('is not applied where the world moved since', async () => {
    const change: SourceChange = { kind: 'assign_profile', profileId, userIds: [id('FREE')] };
    const { planHash } = await preview(change);
    await organization.addRow(id('FREE'), 'registry/records', { value: 'view' });
    const command = { actor: clerk, key: randomUUID(), change, planHash };
    await expect(changeSource(organization.context, command)).rejects.toMatchObject({ code: 'plan_changed' });
    expect(
      await test.database.prisma.profileUser.count({ where: { organizationId: organization.id, profileId } }),
    ).toBe(0);
    const { planHash: now } = await preview(change);
    const again = { ...command, planHash: now };
    const both = await Promise.all([
      changeSource(organization.context, again),
      changeSource(organization.context, again),
    ]);
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
  });

  it('cannot be left out where people are concerned', async () => {
    const change: SourceChange = { kind: 'assign_profile', profileId, userIds: [id('FREE')] };
    const command = { actor: clerk, key: randomUUID(), change };
    await expect(changeSource(organization.context, command)).rejects.toMatchObject({ code: 'plan_changed' });
  });

  it('leaves nothing behind of a preview', async () => {
    const operations = await test.database.prisma.operation.count();
    await preview({ kind: 'delete_profile', profileId });
    await preview({ kind: 'assign_profile', profileId, userIds: [id('FREE')] });
    expect(await test.database.prisma.profileUser.count({ where: { profileId } })).toBe(0);
    expect(await test.database.prisma.operation.count()).toBe(operations);
  });

  it('needs the right that the change needs, and people and things of the same organization', async () => {
    const assigner = await organization.addAdministrator('ASSIGNER', 'assign_profiles');
    const remove: SourceChange = { kind: 'delete_profile', profileId };
    await expect(preview(remove, assigner)).rejects.toMatchObject({ details: { needs: 'define_profiles' } });
    await expect(
      changeSource(organization.context, { actor: assigner, key: randomUUID(), change: remove, planHash: 'x' }),
    ).rejects.toMatchObject({ details: { needs: 'define_profiles' } });
    const elsewhere = await createOrganization(test.database, 'Elsewhere');
    const [stranger = 0] = await elsewhere.addUsers('STRANGER');
    const assign: SourceChange = { kind: 'assign_profile', profileId, userIds: [id('FREE'), stranger] };
    await expect(preview(assign)).rejects.toMatchObject({ code: 'user_not_found' });
    const help = elsewhere.permissions['registry/records'];
    const foreign = { what: 'set' as const, permissionId: help, value: 'view', structures: [] };
    await expect(preview({ kind: 'edit_profile', profileId, edit: foreign })).rejects.toMatchObject({
      code: 'permission_not_found',
    });
    const other = { ...foreign, permissionId: organization.permissions['tickets/open'], value: 'granted' };
    await expect(preview({ kind: 'edit_profile', profileId, edit: other })).rejects.toMatchObject({
      code: 'permission_of_other_application',
    });
    const group: SourceChange = { kind: 'delete_group', groupId: elsewhere.groupId };
    await expect(preview(group)).rejects.toMatchObject({ code: 'group_not_found' });
  });
});
