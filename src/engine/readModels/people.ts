import {
  type Access,
  type Membership,
  selectAccess,
  selectMemberships,
  selectUnusableApplications,
} from '../../persistence/access.ts';
import {
  type Link,
  type MatchableAccount,
  type MatchedPerson,
  selectLinkedTo,
  selectMatches,
} from '../../persistence/people/links.ts';
import {
  type AppliedRule,
  findParticulars,
  type Particulars,
  type PersonChange,
  selectChanges,
  selectRules,
} from '../../persistence/people/selectCard.ts';
import {
  type ListedPerson,
  PEOPLE_FILTERS,
  type PeopleFilter,
  selectPeople,
} from '../../persistence/people/selectPeople.ts';
import { type ListedRequest, selectRequests } from '../../persistence/requestLists.ts';
import type { Person } from '../../persistence/users.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';
import { getPerson } from '../operations/getPerson.ts';
import { planRemoveAllAccess, type RemoveAllPlan } from '../operations/planRemoveAllAccess.ts';
import { requireRights } from '../operations/removeAllAccess.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';

export type { AppliedRule, ListedPerson, MatchableAccount, MatchedPerson, PeopleFilter, PersonChange, RemoveAllPlan };
export { PEOPLE_FILTERS };

/** One page of the people of the organization, found by code, name or e-mail. Needs `view`. */
export async function listPeople(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  page: { text: string; filter: PeopleFilter; offset: number; limit: number },
): Promise<{ people: ListedPerson[]; total: number }> {
  requireMay(actor, 'view');
  return selectPeople(prisma, actor.organizationId, page);
}

/** How many people who left still have access. Needs `view`. */
export async function countLeftWithAccess(context: EngineContext, actor: Actor): Promise<number> {
  const page = { text: '', filter: 'left_with_access', offset: 0, limit: 1 } as const;
  return (await listPeople(context, actor, page)).total;
}

/** Open requests on a person's card; the rest are counted. */
const REQUESTS_SHOWN = 5;

/** Operations shown on a card; the audit trail has the rest. */
const CHANGES_SHOWN = 10;

/** A person with everything that the organization knows of them, and everything that they have, with its source. */
export interface PersonCard extends Particulars {
  person: Person;
  memberships: Membership[];
  access: Access[];
  /** Applications that the person cannot open for want of MAIN. */
  unusable: { applicationName: string; mainName: string }[];
  rules: AppliedRule[];
  changes: PersonChange[];
  /** The newest open requests about the person, and how many there are. */
  requests: { requests: ListedRequest[]; total: number };
}

/** The card of a person. Needs `view`. @throws EngineError `user_not_found`. */
export async function personCard(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  userId: number,
): Promise<PersonCard> {
  requireMay(actor, 'view');
  const { organizationId } = actor;
  const person = await getPerson(prisma, organizationId, userId);
  const particulars = await findParticulars(prisma, organizationId, userId);
  if (!particulars) throw new EngineError('user_not_found', { wanted: person.code });
  return {
    ...{ person, ...particulars },
    memberships: await selectMemberships(prisma, organizationId, userId),
    access: await selectAccess(prisma, organizationId, userId),
    unusable: await selectUnusableApplications(prisma, organizationId, userId),
    rules: await selectRules(prisma, organizationId, userId),
    changes: await selectChanges(prisma, organizationId, userId, CHANGES_SHOWN),
    requests: await selectRequests(
      prisma,
      organizationId,
      { of: 'person', userId },
      { offset: 0, limit: REQUESTS_SHOWN },
    ),
  };
}

/** What removing everything from somebody who left would do. @throws what `removeAllAccess` refuses. */
export async function previewRemoveAll(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  userId: number,
): Promise<RemoveAllPlan> {
  requireMay(actor, 'view');
  const plan = await planRemoveAllAccess(prisma, actor.organizationId, userId);
  requireRights(actor, plan.needs);
  return plan;
}

/**
 * Who of the people without a Slack account is found in the workspace by e-mail, and who there has been deactivated.
 */
export interface PeopleMatch {
  links: Link[];
  /** Names of those who would be linked, in the order of the links. */
  names: string[];
  /** The e-mail has several accounts, or several people. */
  ambiguous: MatchedPerson[];
  /** The account with the e-mail is somebody else's already. */
  taken: MatchedPerson[];
  /** Linked people whose account was deactivated and who have not left yet. */
  deactivated: { userId: number; name: string }[];
}

/** Matches people without a Slack account with accounts of the workspace by e-mail. Needs `manage_catalog`. */
export async function matchPeople(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  workspace: { accounts: readonly MatchableAccount[]; deactivated: readonly string[] },
): Promise<PeopleMatch> {
  requireMay(actor, 'manage_catalog');
  const { organizationId } = actor;
  const matches = await selectMatches(prisma, organizationId, workspace.accounts);
  const isAmbiguous = ({ accounts, people }: MatchedPerson) => accounts > 1 || people > 1;
  const clear = matches.filter((match) => !isAmbiguous(match));
  const free = clear.filter(({ owner }) => owner === null);
  return {
    links: free.map(({ userId, slackUserId }) => ({ userId, slackUserId })),
    names: free.map(({ name }) => name),
    ambiguous: matches.filter(isAmbiguous),
    taken: clear.filter(({ owner }) => owner !== null),
    deactivated: await selectLinkedTo(prisma, organizationId, workspace.deactivated),
  };
}
