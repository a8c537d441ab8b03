import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { grantPermission } from '../../../src/engine/operations/grantPermission.ts';
import { linkPeople, linkPerson, unlinkPerson } from '../../../src/engine/operations/linkPeople.ts';
import { createPerson, editPerson } from '../../../src/engine/operations/personDetails.ts';
import { markLeft, markReturned } from '../../../src/engine/operations/personLeft.ts';
import { removeAllAccess } from '../../../src/engine/operations/removeAllAccess.ts';
import { listPeople, matchPeople, personCard, previewRemoveAll } from '../../../src/engine/readModels/people.ts';
import { searchAs } from '../../../src/engine/readModels/search.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { rawQueryOf } from '../../../src/persistence/rawQuery.ts';
import { findActor } from '../../../src/persistence/users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let elsewhere: TestOrganization;
let ana: number;

beforeAll(async () => {
  test = await createTestDatabase();
  elsewhere = await createOrganization(test.database, 'Elsewhere');
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  [ana = 0] = await organization.addUsers('ANA');
});

const confirmed = () => ({ actor: organization.admin, key: randomUUID() });
const stored = (id: number) => test.database.prisma.user.findFirstOrThrow({ where: { id } });
const details = { code: 'NEW', name: 'Zoë Müller', email: 'zoe@test.example', structure: 'REG' };
const refusal = (code: string) => ({ name: 'EngineError', code });

async function actor() {
  const found = await findActor(test.database.prisma, organization.id, organization.admin);
  if (!found) throw new Error('There is no administrator');
  return found;
}

const operationsOf = async (userId: number) =>
  (await personCard(organization.context, await actor(), userId)).changes.map(({ kind }) => kind);

describe('a person', () => {
  it('is created, found by search without accents, and changed but for the code', async () => {
    const { outcome } = await createPerson(organization.context, { ...confirmed(), details });
    const { userId } = outcome;
    const search = searchAs(organization.context, await actor());
    expect(await search.people('muller', 10)).toMatchObject([{ code: 'NEW', slackUserId: null }]);
    await organization.addPackage(1, {});
    await organization.addMember(1, userId);
    const changed = { name: 'Zoë Ruiz', email: '', structure: 'REG' };
    await editPerson(organization.context, { ...confirmed(), userId, details: changed });
    expect(await stored(userId)).toMatchObject({ code: 'NEW', name: 'Zoë Ruiz', email: '' });
    const member = await test.database.prisma.assignment.findFirstOrThrow({ where: { userId } });
    expect(member.searchText).toContain('ruiz');
    expect(await operationsOf(userId)).toEqual(['edit_person', 'create_person']);
  });

  it.each([
    [{ ...details, code: 'ana' }, 'code_taken'],
    [{ ...details, code: 'A,B' }, 'invalid_person'],
    [{ ...details, name: ' ' }, 'invalid_person'],
    [{ ...details, email: 'zoe' }, 'invalid_person'],
    [{ ...details, structure: 'NOPE' }, 'unknown_structure'],
  ])('is refused as %o: %s', async (wrong, code) => {
    const attempt = createPerson(organization.context, { ...confirmed(), details: wrong });
    await expect(attempt).rejects.toMatchObject(refusal(code));
    expect(await test.database.prisma.user.count({ where: { organizationId: organization.id } })).toBe(2);
  });

  it('of a retired structure stays in it, and nobody new is put there', async () => {
    const where = { organizationId: organization.id };
    await test.database.prisma.structure.updateMany({ where, data: { retiredAt: new Date() } });
    const attempt = createPerson(organization.context, { ...confirmed(), details });
    await expect(attempt).rejects.toMatchObject(refusal('unknown_structure'));
    const renamed = { name: 'Ana Ruiz', email: '', structure: 'REG' };
    await editPerson(organization.context, { ...confirmed(), userId: ana, details: renamed });
    expect(await stored(ana)).toMatchObject({ name: 'Ana Ruiz' });
  });

  it('who moves where another rule holds is told that their access changes', async () => {
    const data = {
      organizationId: organization.id,
      code: 'HUM',
      name: 'Humanities',
      searchText: '',
      path: [] as number[],
    };
    const { id } = await test.database.prisma.structure.create({ data });
    const key = { organizationId_id: { organizationId: organization.id, id } };
    await test.database.prisma.structure.update({ where: key, data: { path: [id] } });
    const permissionId = organization.permissions['tickets/open'];
    await test.database.prisma.rule.create({
      data: { organizationId: organization.id, name: 'Hum', structureId: id, permissionId, value: 'granted' },
    });
    const move = { name: 'Person ANA', email: '', structure: 'HUM' };
    const { operationId, outcome } = await editPerson(organization.context, {
      ...confirmed(),
      userId: ana,
      details: move,
    });
    expect(outcome).toEqual({ accessChanges: true });
    expect(await test.database.prisma.outboxEntry.count({ where: { operationId } })).toBe(1);
    const { rules } = await personCard(organization.context, await actor(), ana);
    expect(rules).toMatchObject([{ name: 'Hum', structureName: 'Humanities', groupName: null }]);
  });
});

describe('a Slack account', () => {
  it('belongs to one person at most, and takes the place of the one before', async () => {
    const [ben = 0] = await organization.addUsers('BEN');
    const taken = `U0${organization.id}BEN`;
    const link = linkPerson(organization.context, { ...confirmed(), userId: ana, slackUserId: taken });
    await expect(link).rejects.toMatchObject({ ...refusal('slack_account_taken'), details: { code: 'BEN' } });
    await linkPerson(organization.context, { ...confirmed(), userId: ana, slackUserId: 'U0NEW' });
    expect(await stored(ana)).toMatchObject({ slackUserId: 'U0NEW' });
    await unlinkPerson(organization.context, { ...confirmed(), userId: ben });
    expect(await stored(ben)).toMatchObject({ slackUserId: null });
    expect(await operationsOf(ben)).toEqual(['unlink_person']);
  });

  it('is given to all who were shown, or to nobody where somebody was faster', async () => {
    const [ben = 0, eva = 0] = await organization.addUsers('BEN', 'EVA');
    await test.database.prisma.user.updateMany({ where: { id: { in: [ben, eva] } }, data: { slackUserId: null } });
    const links = [
      { userId: ben, slackUserId: 'U0B' },
      { userId: eva, slackUserId: `U0${organization.id}ANA` },
    ];
    await expect(linkPeople(organization.context, { ...confirmed(), links })).rejects.toMatchObject(
      refusal('plan_changed'),
    );
    expect(await stored(ben)).toMatchObject({ slackUserId: null });
    const free = [links[0] ?? { userId: 0, slackUserId: '' }];
    await linkPeople(organization.context, { ...confirmed(), links: free });
    expect(await stored(ben)).toMatchObject({ slackUserId: 'U0B' });
  });

  it('is matched by e-mail in any letter case, and those that are several or taken are told apart', async () => {
    const [ben = 0, eva = 0, ida = 0, joe = 0, leo = 0] = await organization.addUsers(
      'BEN',
      'EVA',
      'IDA',
      'JOE',
      'LEO',
    );
    const unlinked = [ben, eva, ida, joe, leo];
    await test.database.prisma.user.updateMany({ where: { id: { in: unlinked } }, data: { slackUserId: null } });
    await test.database.prisma.user.updateMany({ where: { id: joe }, data: { email: 'ida@test.example' } });
    await test.database.prisma.user.updateMany({ where: { id: leo }, data: { email: '' } });
    const accounts = [
      { slackUserId: 'U0B', email: 'Ben@Test.Example' },
      { slackUserId: `U0${organization.id}ANA`, email: 'eva@test.example' },
      { slackUserId: 'U0I', email: 'ida@test.example' },
    ];
    const match = await matchPeople(organization.context, await actor(), {
      ...{ accounts, deactivated: [`U0${organization.id}ANA`] },
    });
    expect(match).toMatchObject({
      links: [{ userId: ben, slackUserId: 'U0B' }],
      ambiguous: [{ userId: ida }, { userId: joe }],
      taken: [{ userId: eva, owner: 'Person ANA' }],
      deactivated: [{ userId: ana }],
    });
  });

  it('is not taken from the last who could set anything right', async () => {
    const { userId } = organization.admin;
    const unlink = () => unlinkPerson(organization.context, { ...confirmed(), userId });
    await expect(unlink()).rejects.toMatchObject(refusal('last_administrator'));
    const leave = markLeft(organization.context, { ...confirmed(), userIds: [userId], because: 'administrator' });
    await expect(leave).rejects.toMatchObject(refusal('last_administrator'));
    const boss = await organization.addFounder('BOSS');
    await unlink();
    const last = unlinkPerson(organization.context, { ...confirmed(), userId: boss });
    await expect(last).rejects.toMatchObject(refusal('last_administrator'));
  });
});

describe('somebody who left', () => {
  const leave = () => markLeft(organization.context, { ...confirmed(), userIds: [ana], because: 'administrator' });

  it('is offered nowhere, given nothing, and may do nothing, until they come back', async () => {
    await organization.addPackage(1, { 'registry/open': ['granted'] });
    const rights = { organizationId: organization.id, userId: ana, metaPermission: 'view' };
    await test.database.prisma.metaPermission.create({ data: rights });
    await leave();
    const { context } = organization;
    expect(await searchAs(context, await actor()).people('ana', 10)).toEqual([]);
    expect((await findActor(test.database.prisma, organization.id, { userId: ana }))?.metaPermissions.size).toBe(0);
    const choices = { keepPackage: false, exceptions: [] };
    const assign = assignPackage(context, { ...confirmed(), number: 1, userIds: [ana], choices, planHash: '' });
    await expect(assign).rejects.toMatchObject(refusal('person_left'));
    const change = { kind: 'set', value: 'granted', structures: [] } as const;
    const permissionId = organization.permissions['registry/open'];
    const grant = grantPermission(context, { ...confirmed(), userId: ana, permissionId, change, planHash: '' });
    await expect(grant).rejects.toMatchObject(refusal('person_left'));
    await expect(leave()).rejects.toMatchObject(refusal('nothing_changed'));
    await markReturned(context, { ...confirmed(), userId: ana });
    expect(await searchAs(context, await actor()).people('ana', 10)).toHaveLength(1);
    expect(await operationsOf(ana)).toEqual(['person_returned', 'person_left']);
  });

  it('may do nothing, even where they are a founder', async () => {
    await organization.addFounder('STAYS');
    const userId = await organization.addFounder('GOES');
    await markLeft(organization.context, { ...confirmed(), userIds: [userId], because: 'administrator' });
    const founder = { organizationId: organization.id, userId };
    const create = createPerson(organization.context, { actor: founder, key: randomUUID(), details });
    await expect(create).rejects.toMatchObject(refusal('not_allowed'));
  });

  /** Everything that can give access, at once. */
  async function giveEverything() {
    const { permissions, id: organizationId } = organization;
    await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
    await organization.addPackage(2, { 'tickets/open': ['granted'] });
    await organization.addMember(1, ana);
    await organization.addMember(2, ana);
    await organization.addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1 });
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG' });
    await organization.addProfile('Grader', 'registry/grades', 'enter', ana);
    await organization.addProfile('Reader', 'registry/records', 'view', ana);
    await organization.addRule('Rota', 'registry/grades', 'view', ana);
    // Two that only a deny can end: one where there is no row, one that a row of a package outweighs
    for (const permission of ['tickets/open', 'registry/open'] as const) {
      const data = { organizationId, structureId: organization.structureId, value: 'granted' };
      await test.database.prisma.rule.create({
        data: { ...data, name: `All ${permission}`, permissionId: permissions[permission] },
      });
    }
  }
  const effective = () =>
    test.database.pool.query('SELECT source FROM effective_grants WHERE user_id = $1 ORDER BY source', [ana]);

  it('has nothing any more once all access is removed, wherever it came from', async () => {
    await giveEverything();
    const sources = (await effective()).rows.map(({ source }) => source);
    expect(sources).toEqual(['manual', 'package:1', 'profile:Grader', 'rule:All tickets/open']);
    await leave();
    const { people } = await listPeople(organization.context, await actor(), {
      ...{ text: '', filter: 'left_with_access' as const, offset: 0, limit: 20 },
    });
    expect(people).toMatchObject([{ code: 'ANA', stillHas: true }]);
    const plan = await previewRemoveAll(organization.context, await actor(), ana);
    expect(plan).toMatchObject({
      memberships: [{ number: 1 }, { number: 2 }],
      owned: [{ name: 'Open the registry' }],
      manual: [{ name: 'Student records' }],
      denied: [{ name: 'Open the help desk' }, { name: 'Open the registry' }],
      profiles: [{ name: 'Grader' }, { name: 'Reader' }],
      groups: [{ code: 'rota' }],
    });
    const command = { ...confirmed(), userId: ana, planHash: plan.hash };
    const { outcome, operationId } = await removeAllAccess(organization.context, command);
    expect(outcome).toEqual({ packages: 2, permissions: 3, profiles: 2, groups: 1 });
    expect((await effective()).rows).toEqual([]);
    const rows = await test.database.prisma.appAuth.findMany({
      where: { userId: ana },
      orderBy: { permissionId: 'asc' },
    });
    const denied = { active: false, reason: 'manual', packageNumber: null };
    expect(rows).toMatchObject([denied, denied, denied]);
    const { rows: history } = await test.database.pool.query(
      'SELECT held_values, held_packages FROM operation_changes WHERE operation_id = $1 AND user_id = $2',
      [operationId, ana],
    );
    expect(history).toEqual([{ held_values: ['granted', 'edit', null], held_packages: [1, null, null] }]);
    expect(await findBrokenAuditRecord(rawQueryOf(test.database.prisma), organization.id)).toBeNull();
    expect((await removeAllAccess(organization.context, command)).repeated).toBe(true);
    const { hash: planHash } = await previewRemoveAll(organization.context, await actor(), ana);
    const again = removeAllAccess(organization.context, { ...confirmed(), userId: ana, planHash });
    await expect(again).rejects.toMatchObject(refusal('nothing_changed'));
  });

  it('keeps what a package gave as ended by an unassignment where no rule gives it besides', async () => {
    await organization.addPackage(1, { 'registry/open': ['granted'] });
    await organization.addMember(1, ana);
    await organization.addRow(ana, 'registry/open', { value: 'granted', packageNumber: 1 });
    await leave();
    const { hash: planHash } = await previewRemoveAll(organization.context, await actor(), ana);
    await removeAllAccess(organization.context, { ...confirmed(), userId: ana, planHash });
    expect(await test.database.prisma.appAuth.findFirstOrThrow({ where: { userId: ana } })).toMatchObject({
      ...{ active: false, reason: 'unassignment', packageNumber: 1 },
    });
    expect(await test.database.prisma.assignment.findFirstOrThrow({ where: { userId: ana } })).toMatchObject({
      state: 'former',
    });
  });

  it('loses nothing where the world moved, a right is missing, or they are a founder or have not left', async () => {
    await giveEverything();
    const remove = (userId: number, planHash = 'x') =>
      removeAllAccess(organization.context, { ...confirmed(), userId, planHash });
    await expect(remove(ana)).rejects.toMatchObject(refusal('person_not_left'));
    await leave();
    await expect(remove(ana)).rejects.toMatchObject(refusal('plan_changed'));
    const where = { organizationId: organization.id, metaPermission: { in: ['assign_profiles', 'manage_catalog'] } };
    await test.database.prisma.metaPermission.deleteMany({ where });
    await expect(remove(ana)).rejects.toMatchObject({
      ...refusal('rights_missing'),
      details: { needs: ['assign_profiles', 'manage_catalog'] },
    });
    expect((await effective()).rows).toHaveLength(4);
    const back = { ...organization.admin, metaPermission: 'manage_catalog' };
    await test.database.prisma.metaPermission.create({ data: back });
    const boss = await organization.addFounder('BOSS');
    await expect(remove(boss)).rejects.toMatchObject(refusal('founder_keeps_access'));
  });
});

it('nothing reaches into another organization, and nothing is done without the right', async () => {
  const { context } = organization;
  const there = elsewhere.admin.userId;
  const before = await stored(there);
  const attempts = (command: () => { actor: typeof organization.admin; key: string }, userId: number) => [
    editPerson(context, { ...command(), userId, details: { name: 'X', email: '', structure: 'REG' } }),
    linkPerson(context, { ...command(), userId, slackUserId: 'U0X' }),
    linkPeople(context, { ...command(), links: [{ userId, slackUserId: 'U0X' }] }),
    unlinkPerson(context, { ...command(), userId }),
    markLeft(context, { ...command(), userIds: [userId], because: 'administrator' }),
    markReturned(context, { ...command(), userId }),
    removeAllAccess(context, { ...command(), userId, planHash: '' }),
  ];
  for (const attempt of await Promise.allSettled(attempts(confirmed, there))) {
    expect(attempt).toMatchObject({ status: 'rejected', reason: { name: 'EngineError' } });
  }
  expect(await stored(there)).toEqual(before);
  const viewer = await organization.addAdministrator('EYE', 'view');
  const looking = () => ({ actor: viewer, key: randomUUID() });
  for (const attempt of (await Promise.allSettled(attempts(looking, ana))).slice(0, 6)) {
    expect(attempt).toMatchObject({ status: 'rejected', reason: refusal('not_allowed') });
  }
});
