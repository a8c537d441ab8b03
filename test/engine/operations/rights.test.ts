import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { META_PERMISSIONS, type MetaPermission } from '../../../src/engine/core/metaPermissions.ts';
import { SOURCE_CHANGES } from '../../../src/engine/core/sourceChange.ts';
import { addPermission } from '../../../src/engine/operations/addPermission.ts';
import type { ApprovalContext } from '../../../src/engine/operations/approvers.ts';
import { assignPackage } from '../../../src/engine/operations/assignPackage.ts';
import { createApplication, editApplication } from '../../../src/engine/operations/catalogApplications.ts';
import { createPermission, editPermission } from '../../../src/engine/operations/catalogPermissions.ts';
import { createStructure, editStructure } from '../../../src/engine/operations/catalogStructures.ts';
import { changeEnd } from '../../../src/engine/operations/changeEnd.ts';
import { changePermission } from '../../../src/engine/operations/changePermission.ts';
import { changeSource } from '../../../src/engine/operations/changeSource.ts';
import { clonePackage } from '../../../src/engine/operations/clonePackage.ts';
import {
  acceptDrift,
  endSnooze,
  setDriftChannel,
  setPackageDriftChannel,
  snoozeDrift,
} from '../../../src/engine/operations/driftSettings.ts';
import { editOrganization } from '../../../src/engine/operations/editOrganization.ts';
import { grantPermission } from '../../../src/engine/operations/grantPermission.ts';
import { linkPeople, linkPerson, unlinkPerson } from '../../../src/engine/operations/linkPeople.ts';
import { createPackage, editPackage, setPackageState } from '../../../src/engine/operations/packageDetails.ts';
import { createPerson, editPerson } from '../../../src/engine/operations/personDetails.ts';
import { markLeft, markReturned } from '../../../src/engine/operations/personLeft.ts';
import { removeAllAccess } from '../../../src/engine/operations/removeAllAccess.ts';
import { removePermission } from '../../../src/engine/operations/removePermission.ts';
import { restoreEntry, retireEntry } from '../../../src/engine/operations/retirement.ts';
import type { ActorRef } from '../../../src/engine/operations/runOperation.ts';
import { setMetaPermissions } from '../../../src/engine/operations/setMetaPermissions.ts';
import { removePolicy, setPolicy } from '../../../src/engine/operations/setPolicy.ts';
import { syncPackage } from '../../../src/engine/operations/syncPackage.ts';
import { transferFounder } from '../../../src/engine/operations/transferFounder.ts';
import { unassignPackage } from '../../../src/engine/operations/unassignPackage.ts';
import { undoOperation } from '../../../src/engine/operations/undoOperation.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, type TestOrganization } from '../../support/organization.ts';

type Operation = (context: ApprovalContext, command: never) => Promise<unknown>;

/** Every operation of the program, and what it needs (DOMAIN 7). */
const OPERATIONS: [needs: MetaPermission, operations: Record<string, Operation>][] = [
  ['define_packages', { createPackage, clonePackage, editPackage, setPackageState }],
  ['define_packages', { addPermission, changePermission, removePermission }],
  ['assign_packages', { assignPackage, unassignPackage, changeEnd }],
  ['sync_packages', { syncPackage, snoozeDrift, endSnooze, acceptDrift }],
  ['define_packages', { setPackageDriftChannel }],
  ['manage_permissions', { grantPermission }],
  ['manage_catalog', { createApplication, editApplication, createPermission, editPermission }],
  ['manage_catalog', { createStructure, editStructure, retireEntry, restoreEntry }],
  ['manage_catalog', { createPerson, editPerson, linkPeople, linkPerson, unlinkPerson, markLeft, markReturned }],
  ['administer', { editOrganization, setMetaPermissions, transferFounder, setPolicy, removePolicy }],
  ['administer', { setDriftChannel }],
];

/** Told apart below, or of another nature: they need what something else needs. */
const ELSEWHERE = { changeSource, undoOperation, removeAllAccess };

/** About requests: whoever asked, decides or is asked for may, whatever their rights (requests.test.ts). */
const OF_REQUESTS = [
  ...['createRequest', 'decideRequest', 'cancelRequest', 'retryRequest'],
  // Not for anybody to call: they are a part of asking, or follow from a decision
  ...['writeRequest', 'reviseRequest', 'outdateRequest'],
];

/** About one's own say in approvals, which anybody may hand over and take back (delegation.test.ts). */
const OF_DELEGATIONS = ['delegate', 'endDelegation'];

/** Where something is, for whatever an operation looks at; none of it exists. */
const NOWHERE = {
  ...{ number: 99, userId: -1, userIds: [-1], permissionId: -1, applicationId: -1, operationId: -1, id: -1 },
  ...{ planHash: '', shown: '', choices: { keepPackage: false, exceptions: [], cells: [] }, state: 'disabled' },
  ...{
    name: '',
    details: {
      structure: '',
      name: '',
      description: '',
      structures: [],
      timeZone: '',
      locale: 'en',
      code: '',
      email: '',
    },
  },
  ...{
    value: '',
    structures: [],
    change: { kind: 'disable' },
    links: [],
    because: 'administrator',
    kind: 'application',
  },
  ...{
    entry: { kind: 'application', id: -1 },
    metaPermissions: [],
    toUserId: -1,
    stepDown: false,
    keep: [],
    application: { key: '', name: '', entry: null },
  },
  ...{ until: null, shown: null, channel: null, reason: '' },
  ...{ packageNumber: -1, policy: { operations: [], stages: [] } },
  ...{ permissionKey: 'x', terms: { name: '', levels: [], scope: 'none', main: false }, structure: {}, subject: {} },
};

let test: TestDatabase;
let organization: TestOrganization;
const actors = new Map<MetaPermission | 'nothing', ActorRef>();

beforeAll(async () => {
  test = await createTestDatabase();
  organization = await createOrganization(test.database);
  for (const meta of META_PERMISSIONS) actors.set(meta, await organization.addAdministrator(`ONLY-${meta}`, meta));
  actors.set('nothing', await organization.addAdministrator('NOTHING'));
});
afterAll(() => test.drop());

/** Whether the operation is refused for want of a right, to somebody who holds one alone. */
async function isForbidden(operation: Operation, actor: ActorRef, more: object = {}): Promise<boolean> {
  const command = { ...NOWHERE, ...more, actor, key: randomUUID() };
  try {
    await operation({ ...organization.context, userGroupMembers: async () => [] }, command as never);
    return false;
  } catch (error) {
    // A command that is none proves nothing
    if (error instanceof TypeError) throw error;
    return (error as { code?: string }).code === 'not_allowed';
  }
}

async function allowedFor(operation: Operation, more: object = {}): Promise<string[]> {
  const allowed: string[] = [];
  for (const [meta, actor] of actors) if (!(await isForbidden(operation, actor, more))) allowed.push(meta);
  return allowed;
}

const table = OPERATIONS.flatMap(([needs, operations]) =>
  Object.entries(operations).map(([name, operation]) => [name, needs, operation] as const),
);
it.each(table)('%s needs %s, and nothing else helps', async (_name, needs, operation) => {
  expect(await allowedFor(operation)).toEqual([needs]);
});

it.each(Object.entries(SOURCE_CHANGES))('the change %s needs %s, and nothing else helps', async (kind, needs) => {
  const change = { kind, name: 'X', code: 'X', join: [], leave: [], slackUserIds: [], userGroup: null };
  const target = { ...change, profileId: -1, ruleId: -1, groupId: -1, applicationId: -1, permissionId: -1 };
  const terms = { audience: { groupId: -1 }, edit: { what: 'remove', permissionId: -1 }, value: '', structures: [] };
  expect(await allowedFor(changeSource as Operation, { change: { ...target, ...terms, userIds: [-1] } })).toEqual([
    needs,
  ]);
});

it('removing all access needs what each part of it needs, so that one right alone may at most look', async () => {
  const allowed = await allowedFor(removeAllAccess as Operation);
  // Holders of any right may look (`view`); who nothing is, is found before it is told what is missing
  expect(allowed).toEqual([...META_PERMISSIONS]);
  expect(await test.database.prisma.operation.count({ where: { kind: 'remove_all_access' } })).toBe(0);
});

it('every operation of the program is in the table', async () => {
  const folder = new URL('../../../src/engine/operations/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.startsWith('run'));
  const found: string[] = [];
  for (const file of files) {
    const source = await readFile(new URL(file, folder), 'utf8');
    for (const part of source.split(/^(?=(?:export )?(?:async )?function )/m)) {
      const [, name] = /^export (?:async )?function (\w+)/.exec(part) ?? [];
      if (name && /\brun(?:Operation|Administration)\b[<(]/.test(part)) found.push(name);
    }
  }
  const known = [
    ...table.map(([name]) => name as string),
    ...Object.keys(ELSEWHERE),
    ...OF_REQUESTS,
    ...OF_DELEGATIONS,
  ];
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter((name) => !known.includes(name))).toEqual([]);
});
