import { selectUnusableApplications } from '../../persistence/access.ts';
import { type Application, findApplication, selectApplicationsFor } from '../../persistence/catalog.ts';
import { type PermissionFacts, selectPermissionFacts } from '../../persistence/manualGrants.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import { type EffectiveAccess, effectiveAccess } from '../core/effectiveAccess.ts';
import { type GrantChange, offeredChanges, switchedChange } from '../core/manualGrant.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { type PlannedGrant, planGrant, type WantedGrant } from '../operations/planGrant.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { PlannedGrant };

/** One permission of the catalogue as one person has it, and what can be done to it by hand. */
export interface HeldPermission extends PermissionFacts {
  effective: EffectiveAccess | null;
  offered: Record<GrantChange['kind'], boolean>;
  /** What a single switch would do; for Simple App Mode. */
  switched: GrantChange['kind'];
}

/** An application of the catalogue with all its permissions, as one person has them. */
export interface HeldApplication {
  application: Application;
  permissions: HeldPermission[];
  /** The MAIN permission that the person would need to use what they have; null where nothing is missing. */
  lacksMain: string | null;
}

export interface GrantOverview {
  person: Person;
  applications: HeldApplication[];
  total: number;
  /** Every application, on this page or not, that the person cannot use for want of MAIN. */
  unusable: { applicationName: string; mainName: string }[];
}

/** One page of the applications, also those in which the person has nothing. Needs `manage_permissions`. */
export async function grantOverview(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  userId: number,
  page: { text: string; offset: number; limit: number },
): Promise<GrantOverview> {
  requireMay(actor, 'manage_permissions');
  const { organizationId } = actor;
  const person = await findUser(prisma, organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  const { applications, total } = await selectApplicationsFor(prisma, organizationId, userId, page);
  const ids = applications.map(({ id }) => id);
  const facts = await selectPermissionFacts(prisma, organizationId, userId, ids);
  return {
    ...{ person, total, applications: applications.map((application) => toHeld(application, facts)) },
    unusable: await selectUnusableApplications(prisma, organizationId, userId),
  };
}

/** One application, as one person has it. Needs `manage_permissions`. @throws EngineError `application_not_found`. */
export async function grantsInApplication(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  userId: number,
  applicationId: number,
): Promise<HeldApplication & { person: Person }> {
  requireMay(actor, 'manage_permissions');
  const { organizationId } = actor;
  const person = await findUser(prisma, organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  const application = await findApplication(prisma, organizationId, applicationId);
  if (!application) throw new EngineError('application_not_found', {});
  const facts = await selectPermissionFacts(prisma, organizationId, userId, [applicationId]);
  return { person, ...toHeld(application, facts) };
}

/**
 * What a change by hand would do, with the hash to confirm. Needs `manage_permissions`.
 * @throws what `planGrant` refuses.
 */
export async function previewGrant(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  wanted: WantedGrant,
): Promise<PlannedGrant> {
  requireMay(actor, 'manage_permissions');
  return planGrant(prisma, actor.organizationId, wanted);
}

function toHeld(application: Application, facts: readonly PermissionFacts[]): HeldApplication {
  const permissions = facts
    .filter(({ permission }) => permission.applicationId === application.id)
    .map((each) => ({
      ...each,
      effective: effectiveAccess(each.access),
      offered: offeredChanges(each.access, each.permission),
      switched: switchedChange(each.access, each.permission),
    }))
    // What is retired is offered to nobody; what somebody still has of it can be seen, and disabled
    .filter(({ permission, effective }) => !permission.retired || effective !== null);
  const main = permissions.find(({ permission }) => permission.main);
  const hasAny = permissions.some(({ effective }) => effective !== null);
  return { application, permissions, lacksMain: hasAny && main?.effective === null ? main.permission.name : null };
}
