import { randomUUID } from 'node:crypto';
import type { ApprovalPolicy } from '../../src/engine/core/approvalPolicy.ts';
import { type ApplyWatch, applyRequest } from '../../src/engine/operations/applyRequest.ts';
import type { ApprovalContext } from '../../src/engine/operations/approvers.ts';
import { createRequest } from '../../src/engine/operations/createRequest.ts';
import { type DecideRequestCommand, decideRequest } from '../../src/engine/operations/decideRequest.ts';
import type { ActorRef } from '../../src/engine/operations/runOperation.ts';
import { setPolicy } from '../../src/engine/operations/setPolicy.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { findBrokenAuditRecord } from '../../src/persistence/auditChain.ts';
import type { Database } from '../../src/persistence/database.ts';
import { rawQueryOf } from '../../src/persistence/rawQuery.ts';
import { findRequest, type StoredRequest } from '../../src/persistence/requests.ts';
import { createOrganization, type TestOrganization } from './organization.ts';

/** Assignments need the approval of one holder of `approve`. */
export const ASSIGNMENT_POLICY: ApprovalPolicy = {
  ...{ operations: ['assign'], livesHours: 24, remindAfterHours: null, channel: null, direct: true, tellPeople: false },
  stages: [{ approvers: { userIds: [], slackUserGroupId: null, holders: true }, quorum: 1 }],
};

/** An organization where ADMIN asks to assign package 1 to CAL, and ANA and BEN hold `approve`. */
export interface Approvals {
  organization: TestOrganization;
  context: ApprovalContext;
  ana: ActorRef;
  ben: ActorRef;
  /** CAL, who is to get the package. */
  personId: number;
  setPolicy(changes?: Partial<ApprovalPolicy>): Promise<void>;
  /** Makes the request; gives its id. */
  ask(): Promise<number>;
  /** Decides, by default in favour of the first revision; `context` is that of another process. */
  decide(requestId: number, actor: ActorRef, changes?: Decision): ReturnType<typeof decideRequest>;
  /** Does what was approved, as a worker does. */
  apply(requestId: number, changes?: Partial<ApplyWatch> & { context?: ApprovalContext }): Promise<void>;
  requestOf(requestId: number): Promise<StoredRequest>;
  /** The actions of the trail, in its order; throws where its chain is broken. */
  story(): Promise<string[]>;
  isMember(): Promise<boolean>;
}

type Decision = Partial<Pick<DecideRequestCommand, 'decision' | 'revision' | 'key'>> & { context?: ApprovalContext };

/** Creates {@link Approvals} in `database`, at the time that `now` tells. */
export async function createApprovals(database: Database, now: () => Date): Promise<Approvals> {
  const organization = await createOrganization(database, randomUUID());
  const { id: organizationId, admin } = organization;
  const context: ApprovalContext = { database, now, userGroupMembers: async () => [] };
  const ana = await organization.addAdministrator('ANA', 'approve');
  const ben = await organization.addAdministrator('BEN', 'approve');
  const [personId = 0] = await organization.addUsers('CAL');
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view'] });
  const { prisma } = database;
  return {
    ...{ organization, context, ana, ben, personId },
    async setPolicy(changes = {}) {
      const policy = { ...ASSIGNMENT_POLICY, ...changes };
      await setPolicy(context, { actor: admin, key: randomUUID(), packageNumber: null, policy });
    },
    async ask() {
      const userIds = [personId];
      const { hash } = await countPreflight(prisma, { organizationId, packageNumber: 1, userIds });
      const wanted = { number: 1, userIds, choices: { keepPackage: false, exceptions: [] }, planHash: hash };
      const command = { actor: admin, key: randomUUID(), kind: 'assign_package' as const, wanted };
      return (await createRequest(context, { ...command, reason: 'Starts on Monday' })).outcome.requestId;
    },
    decide(requestId, actor, { context: its = context, ...changes } = {}) {
      const command = { actor, key: randomUUID(), requestId, revision: 1, decision: { kind: 'approve' as const } };
      return decideRequest(its, { ...command, ...changes });
    },
    apply: (requestId, { context: its = context, ...changes } = {}) =>
      applyRequest(its, { organizationId, requestId }, { lastAttempt: true, report: String, ...changes }),
    async requestOf(requestId) {
      const request = await findRequest(prisma, organizationId, { id: requestId });
      if (!request) throw new Error(`There is no request ${requestId}`);
      return request;
    },
    async story() {
      const broken = await findBrokenAuditRecord(rawQueryOf(prisma), organizationId);
      if (broken !== null) throw new Error(`The trail is broken at ${broken}`);
      const records = await prisma.auditRecord.findMany({ where: { organizationId }, orderBy: { seq: 'asc' } });
      return records.map(({ action }) => action);
    },
    async isMember() {
      const where = { organizationId, packageNumber: 1, userId: personId, state: 'active' as const };
      return (await prisma.assignment.count({ where })) > 0;
    },
  };
}
