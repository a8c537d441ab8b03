import { randomUUID } from 'node:crypto';
import type { ApprovalPolicy } from '../../src/engine/core/approvalPolicy.ts';
import { setPolicy } from '../../src/engine/operations/setPolicy.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { ASSIGNMENT_POLICY } from '../support/approvals.ts';
import type { TestDatabase } from '../support/database.ts';
import type { SlackOrganization } from './support.ts';

/** "ADMIN" who assigns package 1 to "CAL", which needs the approval of one of "ANA" and "BEN". */
export interface RequestDesk {
  /** Sets the organization's policy: everything needs approval, unless it is changed. */
  policy(changes?: Partial<ApprovalPolicy>): Promise<void>;
  /** Goes through the assignment up to its confirmation. */
  confirmAssignment(): Promise<void>;
  /** The same, and asks for approval; gives the request's id. */
  ask(reason?: string): Promise<number>;
  isMember(): Promise<boolean>;
}

/** Adds the package and the rights of the approvers. */
export async function createRequestDesk({ database }: TestDatabase, city: SlackOrganization): Promise<RequestDesk> {
  const { organization, admin } = city;
  const { id: organizationId, context } = organization;
  await organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view'] });
  await database.prisma.metaPermission.createMany({
    data: ['ANA', 'BEN'].map((code) => ({ organizationId, userId: city.idOf(code), metaPermission: 'approve' })),
  });
  const confirmAssignment = async () => {
    await admin.command(`/package assign 1 <@${city.slackIdOf('CAL')}>`);
    await admin.waitForModal('Assign a package');
    await admin.submit();
    await admin.waitForModal('Preflight');
    await admin.submit();
  };
  return {
    confirmAssignment,
    async policy(changes = {}) {
      const policy: ApprovalPolicy = {
        ...ASSIGNMENT_POLICY,
        operations: ['assign', 'unassign', 'sync', 'remove_permission', 'edit', 'grant'],
        remindAfterHours: 4,
        ...changes,
      };
      const command = { actor: organization.admin, key: randomUUID(), packageNumber: null, policy };
      await setPolicy({ ...context, userGroupMembers: async () => [] }, command);
    },
    async ask(reason = 'Starts on Monday') {
      await confirmAssignment();
      await admin.waitForScreen('Approval is needed here');
      await admin.fill(ACTIONS.requestReason, reason);
      await admin.submit();
      const done = await admin.waitForScreen('you asked to');
      return Number(/Request (\d+)/.exec(done)?.[1]);
    },
    async isMember() {
      const where = { organizationId, userId: city.idOf('CAL'), state: 'active' as const };
      return (await database.prisma.assignment.count({ where })) > 0;
    },
  };
}
