import { selectPackageSources } from '../../persistence/accessSources.ts';
import { type Application, findApplication, searchApplications } from '../../persistence/catalog.ts';
import { type PermissionFacts, selectPermissionFacts } from '../../persistence/manualGrants.ts';
import { findUser, type Person } from '../../persistence/users.ts';
import { accessVerdict, explainPermission, type PermissionExplanation, type Verdict } from '../core/explainAccess.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

/** One permission with its explanation. */
export type ExplainedPermission = PermissionFacts & PermissionExplanation;

/** Why a person can, or cannot, use an application. */
export interface AccessExplanation {
  person: Person;
  application: Application;
  verdict: Verdict;
  /** The application's entry point; null where it has none. */
  main: ExplainedPermission | null;
  permissions: ExplainedPermission[];
  /** When a row of the person in this application last changed: who logged in before has an old session. */
  changedAt: Date | null;
}

/**
 * One answer to "it was granted, but they still cannot get in". Needs `view`; anyone may ask about themselves.
 * @throws EngineError `not_allowed`, `user_not_found`, `application_not_found`.
 */
export async function explainAccess(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  userId: number,
  applicationId: number,
): Promise<AccessExplanation> {
  if (userId !== actor.userId) requireMay(actor, 'view');
  const { organizationId } = actor;
  const person = await findUser(prisma, organizationId, { userId });
  if (!person) throw new EngineError('user_not_found', { wanted: '?' });
  const application = await findApplication(prisma, organizationId, applicationId);
  if (!application) throw new EngineError('application_not_found', {});
  const facts = await selectPermissionFacts(prisma, organizationId, userId, [applicationId]);
  const ids = facts.map(({ permission }) => permission.id);
  const sources = await selectPackageSources(prisma, organizationId, userId, ids);
  const permissions = facts.map((each) => {
    const packages = sources.filter(({ permissionId }) => permissionId === each.permission.id);
    return { ...each, ...explainPermission(each.access, packages) };
  });
  const judged = permissions.map(({ permission, effective }) => ({ main: permission.main, effective }));
  const changes = permissions.flatMap(({ changed }) => (changed ? [changed.at.getTime()] : []));
  return {
    ...{ person, application, permissions, verdict: accessVerdict(person.founder, judged) },
    main: permissions.find(({ permission }) => permission.main) ?? null,
    changedAt: changes.length === 0 ? null : new Date(Math.max(...changes)),
  };
}

/** Applications named to somebody who was not clear enough. */
const CHOICES = 5;

/**
 * The application that somebody typed, by its key or (a part of) its name. Whoever may ask about anybody may name any;
 * the names of applications are no secret to the others.
 * @throws EngineError `application_unknown`, `several_applications`.
 */
export async function resolveApplication(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  wanted: string,
): Promise<Application> {
  const found = wanted.trim() === '' ? [] : await searchApplications(prisma, actor.organizationId, wanted, CHOICES + 1);
  const same = (text: string) => text.toLowerCase() === wanted.trim().toLowerCase();
  const exact = found.filter(({ key, name }) => same(key) || same(name));
  const [application, ...others] = exact.length > 0 ? exact : found;
  if (!application) throw new EngineError('application_unknown', { wanted });
  if (others.length > 0) {
    const choices = [application, ...others].slice(0, CHOICES).map(({ key, name }) => ({ key, name }));
    throw new EngineError('several_applications', { wanted, choices });
  }
  return application;
}
