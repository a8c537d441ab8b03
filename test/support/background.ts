import { randomUUID } from 'node:crypto';
import type { BackgroundRequest } from '../../src/engine/operations/enqueueBackground.ts';
import { previewAssignment } from '../../src/engine/readModels/preflight.ts';
import { findActor } from '../../src/persistence/users.ts';
import type { TestOrganization } from './organization.ts';

/** The confirmed assignment of a package, as it is left to a worker. */
export async function assignmentOf(
  { id, context, admin }: TestOrganization,
  number: number,
  userIds: number[],
): Promise<BackgroundRequest<'assign_package'>> {
  const actor = await findActor(context.database.prisma, id, { userId: admin.userId });
  if (!actor) throw new Error('The organization has no administrator');
  const draft = { number, userIds, keepPackage: false, exceptions: [], planHash: '' };
  const preflight = await previewAssignment(context, actor, draft, { offset: 0, limit: 1 });
  return {
    ...{
      kind: 'assign_package',
      actor: admin,
      key: randomUUID(),
      people: userIds.length,
      subject: `package:${number}`,
    },
    command: { number, userIds, choices: { keepPackage: false, exceptions: [] }, planHash: preflight.counts.hash },
    reportTo: {},
  };
}
