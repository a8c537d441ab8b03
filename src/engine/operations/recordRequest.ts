import type { Transaction } from '../../persistence/database.ts';
import { enqueueJob } from '../../persistence/jobs.ts';
import { enqueueMessages } from '../../persistence/outbox.ts';
import { recordPeople } from '../../persistence/recordPeople.ts';
import { type StoredRequest, selectRequestPeople } from '../../persistence/requests.ts';
import { hashOf, type Json } from '../core/canonicalJson.ts';
import type { OperationEffect, Underway } from './runOperation.ts';

/** The queue's name of the task that does what a request asked for. */
export const REQUEST_TASK = 'apply_request';

/** Times that a job may be begun: errors are given up much sooner, the rest is for workers that died over it. */
const ATTEMPTS = 25;

type About = Pick<StoredRequest, 'organizationId' | 'id' | 'key' | 'packageNumber' | 'kind'>;

/** What of a request an operation did. */
interface RequestEffect<Outcome extends Json> {
  subject?: { [name: string]: Json };
  before: Json;
  after: Json;
  outcome: Outcome;
}

/**
 * What every operation about a request says of itself: recorded in the trail, where the package and the people whom the
 * request is about find it, and told in Slack.
 */
export async function recordRequest<Outcome extends Json>(
  transaction: Transaction,
  operation: Pick<Underway, 'id' | 'at'>,
  request: About,
  { subject = {}, before, after, outcome }: RequestEffect<Outcome>,
): Promise<OperationEffect<Outcome>> {
  const { organizationId, packageNumber, kind } = request;
  const people = await selectRequestPeople(transaction, request);
  await recordPeople(transaction, { organizationId, operationId: operation.id }, people);
  await tellOfRequest(transaction, request, operation);
  const about = { request: request.id, asked: kind, package: packageNumber, people: people.length, ...subject };
  return {
    packageNumber,
    planHash: hashOf({ subject: about, before, after }),
    snapshot: about,
    outcome,
    audit: { subject: about, before, after },
    messages: [],
  };
}

/**
 * Has everybody told, after the transaction, how a request stands and what operation changed it. What is told of one
 * request is told in order.
 */
export function tellOfRequest(
  transaction: Transaction,
  { organizationId, id, key }: Pick<StoredRequest, 'organizationId' | 'id' | 'key'>,
  operation: Pick<Underway, 'id' | 'at'>,
): Promise<void> {
  return enqueueMessages(transaction, { organizationId, operationId: operation.id, at: operation.at, series: key }, [
    { kind: 'request', payload: { requestId: id } },
  ]);
}

/** Leaves an approved request to a worker. */
export function enqueueRequest(
  transaction: Transaction,
  { organizationId, id }: Pick<StoredRequest, 'organizationId' | 'id'>,
): Promise<void> {
  return enqueueJob(transaction, {
    task: REQUEST_TASK,
    payload: { organizationId, requestId: id },
    key: `${REQUEST_TASK}:${organizationId}:${id}`,
    // The writers of one organization take turns anyway
    queue: `organization:${organizationId}`,
    attempts: ATTEMPTS,
  });
}
