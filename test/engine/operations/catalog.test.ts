import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applicationHash, permissionHash, structureHash } from '../../../src/engine/core/catalogEntry.ts';
import { createApplication, editApplication } from '../../../src/engine/operations/catalogApplications.ts';
import {
  createPermission,
  editPermission,
  type PermissionTerms,
} from '../../../src/engine/operations/catalogPermissions.ts';
import { createStructure, editStructure } from '../../../src/engine/operations/catalogStructures.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { findBrokenAuditRecord } from '../../../src/persistence/auditChain.ts';
import { findStructure } from '../../../src/persistence/structureTree.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type PermissionName, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let actor: ActorRef;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  actor = await organization.addAdministrator('CATO', 'manage_catalog');
});

const confirmed = () => ({ actor, key: randomUUID() });
const where = () => ({ organizationId: organization.id });

async function audit() {
  const records = await test.database.prisma.auditRecord.findMany({ where: where(), orderBy: { seq: 'asc' } });
  return records.map(({ action, subject, before, after }) => ({ action, subject, before, after }));
}

async function permissionOf(name: PermissionName) {
  const id = organization.permissions[name];
  const found = await test.database.prisma.permission.findFirstOrThrow({ where: { ...where(), id } });
  return { ...found, main: found.isMain, retired: found.retiredAt !== null };
}

/** Edits a permission as somebody who looks at it now. */
async function edit(name: PermissionName, change: Partial<PermissionTerms>, shown?: string) {
  const found = await permissionOf(name);
  const main = await test.database.prisma.permission.findFirst({
    where: { ...where(), applicationId: found.applicationId, isMain: true },
  });
  const { levels, scope } = found;
  return editPermission(organization.context, {
    ...{ ...confirmed(), permissionId: found.id, shown: shown ?? permissionHash(found, main?.id ?? null) },
    terms: { name: found.name, levels, scope, main: found.main, ...change },
  });
}

describe('applications', () => {
  it('come with their entry permission, and are renamed under the same key', async () => {
    const application = { key: 'lib', name: 'Library', entry: { key: 'open', name: 'Open the library' } };
    const { outcome } = await createApplication(organization.context, { ...confirmed(), application });
    const { applicationId } = outcome;
    const shown = applicationHash({ name: 'Library', retired: false });
    await editApplication(organization.context, { ...confirmed(), applicationId, shown, name: 'City Library' });
    const entry = { key: 'open', name: 'Open the library', main: true, levels: ['granted'], scope: 'none' };
    expect(await audit()).toEqual([
      {
        ...{ action: 'create_application', subject: { application: 'lib' }, before: null },
        after: { key: 'lib', name: 'Library', permissions: [entry] },
      },
      {
        ...{ action: 'edit_application', subject: { application: 'lib' } },
        ...{ before: { name: 'Library' }, after: { name: 'City Library' } },
      },
    ]);
    const { rows } = await test.database.pool.query(
      'SELECT key, is_main, levels FROM permissions WHERE organization_id = $1 AND application_id = $2',
      [organization.id, applicationId],
    );
    expect(rows).toEqual([{ key: 'open', is_main: true, levels: ['granted'] }]);
  });

  it.each([
    ['key_taken', { key: 'registry', name: 'Other', entry: null }],
    ['invalid_entry', { key: 'a,b', name: 'Other', entry: null }],
    ['invalid_entry', { key: 'lib', name: ' ', entry: null }],
    ['invalid_entry', { key: 'lib', name: 'Library', entry: { key: '*', name: 'Open' } }],
  ])('are refused with %s, and nothing is half done', async (code, application) => {
    const before = await test.database.prisma.application.count({ where: where() });
    const command = { ...confirmed(), application };
    await expect(createApplication(organization.context, command)).rejects.toMatchObject({ code });
    expect(await test.database.prisma.application.count({ where: where() })).toBe(before);
    expect(await audit()).toEqual([]);
  });

  it('that two administrators name at once become one', async () => {
    const application = { key: 'lib', name: 'Library', entry: null };
    const both = await Promise.allSettled([
      createApplication(organization.context, { ...confirmed(), application }),
      createApplication(organization.context, { ...confirmed(), application }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'key_taken' } });
  });

  it('are nothing for who may not manage the catalogue', async () => {
    const viewer = await organization.addAdministrator('EYE', 'view');
    const command = { actor: viewer, key: randomUUID() };
    const application = { key: 'lib', name: 'Library', entry: null };
    const refused = { code: 'not_allowed', details: { needs: 'manage_catalog' } };
    await expect(createApplication(organization.context, { ...command, application })).rejects.toMatchObject(refused);
  });
});

describe('permissions', () => {
  it('take the MAIN mark from the one that has it, if nobody moved it meanwhile', async () => {
    const { applicationId, id } = await permissionOf('registry/open');
    const terms = { name: 'Enter', levels: ['granted'], scope: 'none' as const, main: true };
    const command = { applicationId, permissionKey: 'enter', terms };
    const stale = { ...confirmed(), ...command, shown: permissionHash(null, null) };
    await expect(createPermission(organization.context, stale)).rejects.toMatchObject({ code: 'plan_changed' });
    await createPermission(organization.context, { ...confirmed(), ...command, shown: permissionHash(null, id) });
    expect((await permissionOf('registry/open')).isMain).toBe(false);
    await edit('registry/records', { main: true });
    const mains = await test.database.prisma.permission.findMany({
      where: { ...where(), applicationId, isMain: true },
    });
    expect(mains.map(({ key }) => key)).toEqual(['records']);
    expect(await audit()).toMatchObject([
      { action: 'create_permission', before: { main: 'Open the registry' } },
      { action: 'edit_permission', before: { main: false, mainBefore: 'Enter' }, after: { main: true } },
    ]);
  });

  it('take levels anywhere, and give none up that anything has', async () => {
    await organization.addPackage(1, { 'registry/records': ['admin', 'REG'] });
    await organization.addProfile('Reader', 'registry/records', 'view');
    const [ana = 0] = await organization.addUsers('ANA');
    await organization.addRow(ana, 'registry/records', { value: 'edit', param: 'REG', reason: 'unassignment' });
    await test.database.prisma.packagePermission.updateMany({ where: where(), data: { live: false } });
    await edit('registry/records', { levels: ['none', 'view', 'edit', 'own', 'admin'] });
    for (const [level, kind, name] of [
      ['view', 'profile', 'Reader'],
      ['edit', 'person', 'Person ANA'],
      ['admin', 'removed', 'Package 1'],
    ]) {
      const levels = ['none', 'view', 'edit', 'own', 'admin'].filter((each) => each !== level);
      const use = { kind, name };
      await expect(edit('registry/records', { levels })).rejects.toMatchObject({
        ...{ code: 'in_use', details: { field: 'levels', what: level, uses: { named: [use] } } },
      });
    }
    await edit('registry/records', { levels: ['view', 'edit', 'admin'] });
    expect((await permissionOf('registry/records')).levels).toEqual(['view', 'edit', 'admin']);
    expect(await audit()).toHaveLength(2);
  });

  it('name ten of what is in the way, and count the rest', async () => {
    const codes = Array.from({ length: 12 }, (_, index) => `P${100 + index}`);
    for (const userId of await organization.addUsers(...codes)) {
      await organization.addRow(userId, 'registry/grades', { value: 'view', param: 'REG' });
    }
    const error = await edit('registry/grades', { scope: 'none' }).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'in_use', details: { field: 'scope', uses: { counts: { person: 12 } } } });
    expect(error.details.uses.named.map(({ name }: { name: string }) => name)).toEqual(
      codes.slice(0, 10).map((code) => `Person ${code}`),
    );
  });

  it('tell those to whom another order of the levels gives something else', async () => {
    const [ana = 0, ben = 0, eve = 0] = await organization.addUsers('ANA', 'BEN', 'EVE');
    await organization.addProfile('Reader', 'registry/records', 'view', ana, ben);
    await organization.addProfile('Writer', 'registry/records', 'edit', ana, eve);
    const { outcome, operationId } = await edit('registry/records', { levels: ['edit', 'view', 'admin'] });
    expect(outcome).toMatchObject({ told: 1 });
    const changes = await test.database.prisma.operationChange.findMany({ where: { ...where(), operationId } });
    expect(changes.map(({ userId, membership }) => ({ userId, membership }))).toEqual([
      { userId: ana, membership: 'shifted' },
    ]);
    const messages = await test.database.prisma.outboxEntry.findMany({ where: { ...where(), operationId } });
    expect(messages.map(({ kind }) => kind)).toEqual(['access_changed']);
    // A new level on top gives nobody anything else
    expect((await edit('registry/records', { levels: ['edit', 'view', 'admin', 'own'] })).outcome.told).toBe(0);
  });

  it('are not saved over what somebody else saved since', async () => {
    const seen = await permissionOf('registry/grades');
    const main = organization.permissions['registry/open'];
    const shown = permissionHash(seen, main);
    await edit('registry/grades', { name: 'Marks' });
    const again = edit('registry/grades', { name: 'Scores' }, shown);
    await expect(again).rejects.toMatchObject({ code: 'plan_changed' });
    expect((await permissionOf('registry/grades')).name).toBe('Marks');
    await expect(edit('registry/grades', {})).rejects.toMatchObject({ code: 'nothing_changed' });
  });

  it.each([[[]], [['view', 'view']], [[' view']], [['x'.repeat(101)]]])('refuse %j as levels', async (levels) => {
    await expect(edit('registry/grades', { levels })).rejects.toMatchObject({
      ...{ code: 'invalid_entry', details: { field: 'levels' } },
    });
  });
});

describe('structures', () => {
  async function add(code: string, parentId: number | null) {
    const command = { ...confirmed(), code, terms: { name: `Name ${code}`, parentId } };
    return (await createStructure(organization.context, command)).outcome.structureId;
  }
  const find = async (id: number) => {
    const found = await findStructure(test.database.prisma, organization.id, id);
    if (!found) throw new Error('The structure is gone');
    return found;
  };
  const move = async (id: number, parentId: number | null, shown?: string) => {
    const found = await find(id);
    const terms = { name: found.name, parentId };
    const command = { ...confirmed(), structureId: id, terms, shown: shown ?? structureHash(found) };
    return editStructure(organization.context, command);
  };
  const paths = async () => {
    const all = await test.database.prisma.structure.findMany({ where: where() });
    const codeOf = new Map(all.map(({ id, code }) => [id, code]));
    return Object.fromEntries(all.map(({ code, path }) => [code, path.map((id) => codeOf.get(id)).join('/')]));
  };

  it('move with everything below them, and never below themselves', async () => {
    const a = await add('A', null);
    const b = await add('B', a);
    const c = await add('C', b);
    await add('D', c);
    const e = await add('E', organization.structureId);
    expect(await paths()).toEqual({ REG: 'REG', A: 'A', B: 'A/B', C: 'A/B/C', D: 'A/B/C/D', E: 'REG/E' });
    await move(b, e);
    expect(await paths()).toMatchObject({ A: 'A', B: 'REG/E/B', C: 'REG/E/B/C', D: 'REG/E/B/C/D', E: 'REG/E' });
    const refused = { code: 'structure_cycle', details: { structure: 'B' } };
    for (const below of [b, c]) await expect(move(b, below)).rejects.toMatchObject(refused);
    await move(b, null);
    expect(await paths()).toEqual({ REG: 'REG', A: 'A', B: 'B', C: 'B/C', D: 'B/C/D', E: 'REG/E' });
    expect((await audit()).slice(-1)).toEqual([
      {
        ...{ action: 'edit_structure', subject: { structure: 'B' } },
        ...{ before: { name: 'Name B', parent: 'E' }, after: { name: 'Name B', parent: null } },
      },
    ]);
  });

  it('keep the tree whole where two are hung below each other at once', async () => {
    const [a, b] = [await add('A', null), await add('B', null)];
    const both = await Promise.allSettled([move(a, b), move(b, a)]);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'structure_cycle' } });
    expect([(await find(a)).parentId, (await find(b)).parentId].filter((each) => each === null)).toHaveLength(1);
  });

  it('tell those who get or lose something by a rule in the new place', async () => {
    const [ana = 0] = await organization.addUsers('ANA');
    const a = await add('A', null);
    await test.database.prisma.user.updateMany({ where: { id: ana }, data: { structureId: a } });
    const permissionId = organization.permissions['registry/open'];
    await test.database.prisma.rule.create({
      data: { ...where(), name: 'All of REG', structureId: organization.structureId, permissionId, value: 'granted' },
    });
    expect((await move(a, organization.structureId)).outcome).toEqual({ told: 1 });
    expect((await move(a, null)).outcome).toEqual({ told: 1 });
  });

  it('refuse a code that is taken, a parent of nobody, and a change that was not looked at', async () => {
    await expect(add('REG', null)).rejects.toMatchObject({ code: 'key_taken' });
    await expect(add('A,B', null)).rejects.toMatchObject({ code: 'invalid_entry' });
    const elsewhere = await createOrganization(test.database, 'Elsewhere');
    await expect(add('A', elsewhere.structureId)).rejects.toMatchObject({ code: 'structure_not_found' });
    await expect(move(organization.structureId, null, 'old')).rejects.toMatchObject({ code: 'plan_changed' });
    expect(await paths()).toEqual({ REG: 'REG' });
    const query = async (sql: string, parameters: readonly unknown[]) =>
      (await test.database.pool.query(sql, [...parameters])).rows;
    expect(await findBrokenAuditRecord(query, organization.id)).toBeNull();
  });
});
