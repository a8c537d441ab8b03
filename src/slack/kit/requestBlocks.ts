import type { RequestPlan } from '../../engine/core/requestPlan.ts';
import type { RequestState } from '../../engine/core/requestState.ts';
import type { Approver } from '../../engine/operations/approvers.ts';
import type { ListedRequest } from '../../engine/readModels/requestLists.ts';
import type { RequestView } from '../../engine/readModels/requests.ts';
import { changeCounts, changedPerson } from './accessChanges.ts';
import { actions, type Block, button, context, section } from './blocks.ts';
import { wordRequestError } from './errorText.ts';
import { mentionAll } from './identify.ts';
import { ACTIONS } from './ids.ts';
import { capitalized, escapeText } from './text.ts';
import type { Texts } from './texts/index.ts';
import type { RequestWords } from './texts/requestWords.ts';
import { packageName } from './wording.ts';

/** Names of one list; the rest are counted. */
const NAMES = 8;

/** What of a request is told in words. */
export interface AskedOperation {
  kind: string;
  package: { number: number; name: string } | null;
  permission: string | null;
  people: number;
  /** The only person it is about; null where there are several. */
  person: { name: string; code: string } | null;
}

/** What is asked for, as it continues "asks to": "assign *package:3* Registrars to 3 people". */
export function askedFor(texts: Texts, { kind, package: pack, permission, people, person }: AskedOperation): string {
  const words = texts.requests;
  const facts = {
    pack: pack ? packageName(texts, pack) : words.aPackage,
    whom: person ? `${escapeText(person.name)} \`${escapeText(person.code)}\`` : texts.common.people(people),
    permission: permission === null ? words.aPermission : `*${escapeText(permission)}*`,
  };
  // An older or newer version may have stored a kind that this one does not know
  const known: Partial<Record<string, RequestWords>> = words.what;
  return (Object.hasOwn(known, kind) ? (known[kind] ?? words.unknown) : words.unknown)(facts);
}

/** The same of a stored request. */
export function askedByRequest({ kind, plan, people }: RequestView['request']): AskedOperation {
  const [first] = plan.named;
  return {
    kind,
    package: plan.package,
    permission: plan.permission,
    people,
    person: people === 1 ? (first ?? null) : null,
  };
}

/** Who asks for what, in a sentence. */
export function requestSentence(texts: Texts, { request, requester }: RequestView): string {
  const words = texts.requests;
  const who = mentionAll([requester]);
  const pack = request.plan.package;
  const own: Partial<Record<string, typeof words.wants>> = {
    assign_package: words.wants,
    unassign_package: words.leaves,
    change_end: words.prolongs,
  };
  const ofOneself = request.selfService ? own[request.kind] : undefined;
  if (ofOneself && pack) return ofOneself(who, packageName(texts, pack));
  return words.asks(who, askedFor(texts, askedByRequest(request)));
}

/**
 * A request as it is shown to whoever decides, and to whoever asked: what it asks, why, what it would change, and how
 * it stands. `shown`: people named with their changes.
 */
export function requestBlocks(texts: Texts, view: RequestView, shown: number): Block[] {
  const { request } = view;
  const words = texts.requests;
  const names = namesOf(texts, request.plan, request.people);
  const title = `*${words.one(request.id)}* · ${words.states[request.state]}`;
  const reason = escapeText(request.reason).replaceAll('\n', '\n> ');
  return [
    section([title, requestSentence(texts, view), ...(names ? [names] : []), ...endLines(texts, request)].join('\n')),
    section(`> ${reason}`),
    ...(request.plan.was && request.state === 'pending' ? [section(revisedText(texts, request.plan))] : []),
    section([words.effect[tenseOf(request.state)], ...effectLines(texts, request.plan)].join('\n')),
    ...request.plan.changed.slice(0, shown).map((person) => section(changedPerson(texts, person))),
    ...(request.plan.access.people > shown ? [context(words.morePeople(request.plan.access.people - shown))] : []),
    context(...standing(texts, view)),
  ];
}

/** Approve, Reject and Details; only the last where nothing is to be decided. */
export function decisionButtons(texts: Texts, { id, revision }: RequestView['request'], decides: boolean): Block[] {
  const words = texts.requests;
  const about = { requestId: id, revision };
  return actions(`request_${id}_${revision}`, [
    ...(decides
      ? [
          button(ACTIONS.approveRequest, words.approve, about, { style: 'primary' }),
          button(ACTIONS.rejectRequest, words.reject, about, { style: 'danger' }),
        ]
      : []),
    button(ACTIONS.openRequest, words.details, { requestId: id }),
  ]);
}

function namesOf(texts: Texts, { named }: RequestPlan, people: number): string {
  if (people <= 1) return '';
  const shown = named.slice(0, NAMES).map(({ name, code }) => `${escapeText(name)} \`${escapeText(code)}\``);
  return texts.requests.named(shown.join(', '), people - shown.length);
}

/** For how long it would be, where that is a part of it. */
function endLines(texts: Texts, { kind, command: { until } }: RequestView['request']): string[] {
  if (typeof until === 'string') return [texts.requests.until(texts.day(until))];
  return kind === 'change_end' ? [texts.requests.lasts] : [];
}

function revisedText(texts: Texts, { was }: RequestPlan): string {
  const before = was ? changeCounts(texts, was) : [];
  const counts = before.length > 0 ? before.join(', ') : texts.sourcePreview.nobody;
  return `${texts.requests.revised}\n${texts.requests.was(counts.replace(/\.$/, ''))}`;
}

/** Whether what a request would change may still happen, has happened, or will not. */
function tenseOf(state: RequestState): 'open' | 'applied' | 'ended' {
  if (state === 'applied') return state;
  return state === 'pending' || state === 'approved' || state === 'failed' ? 'open' : 'ended';
}

function effectLines(texts: Texts, plan: RequestPlan): string[] {
  const words = texts.requests;
  const counts = changeCounts(texts, plan.access);
  return [
    ...(counts.length > 0 ? counts : [texts.sourcePreview.nobody]),
    ...(plan.owners > 0 ? [words.owners(plan.owners)] : []),
    ...(plan.lacksMain > 0 ? [texts.sourcePreview.lacksMain(plan.lacksMain)] : []),
    ...plan.diverging.map(({ cells, ...pack }) => words.diverging(cells, packageName(texts, pack))),
  ];
}

/** Who can still decide at the stage that is being decided: whose say nobody has used, and who has used nobody's. */
export function undecided({ request, approvals, approvers }: RequestView): Approver[] {
  return (approvers[request.stage - 1] ?? []).filter(
    (approver) =>
      !approvals.some(({ userId, principalId }) => userId === approver.userId || principalId === approver.userId),
  );
}

/** Who decided what, who still can, and until when; how it ended. */
function standing(texts: Texts, view: RequestView): string[] {
  const words = texts.requests;
  const { request, approvals, endedBy } = view;
  const { state, stage, policy } = request;
  const said = approvals.map(({ userId, name, slackUserId, principalId, principalName }) => {
    const who = mentionAll([{ name, slackUserId }]);
    return principalId === userId ? who : words.onBehalf(who, escapeText(principalName));
  });
  const lines = said.length > 0 ? [words.approved(said.join(', '))] : [];
  if (state === 'pending') {
    const given = approvals.filter((each) => each.stage === stage).length;
    lines.push(
      [
        ...(policy.stages.length > 1 ? [words.stage(stage, policy.stages.length)] : []),
        words.progress(given, policy.stages[stage - 1]?.quorum ?? 1),
        words.deciders(nameSome(texts, undecided(view))),
      ].join(' '),
      words.open(texts.moment(request.expiresAt)),
    );
  }
  const ender = endedBy ? mentionAll([endedBy]) : '';
  if (state === 'rejected') lines.push(words.rejectedBy(ender, escapeText(request.endReason ?? '')));
  if (state === 'cancelled' && endedBy) lines.push(words.cancelledBy(ender));
  if (state === 'expired') lines.push(words.expired(texts.moment(request.expiresAt)));
  lines.push(...causeLines(texts, request));
  return lines.length > 0 ? lines : [words.askedAt(texts.moment(request.createdAt))];
}

/** Why a request could not be applied, or no longer can; nothing where that is not so. */
export function causeLines(texts: Texts, { state, error }: RequestView['request']): string[] {
  if (error === null || (state !== 'failed' && state !== 'stale')) return [];
  return [texts.requests.because(wordRequestError(texts, error))];
}

/** The first few by mention, and how many more. */
export function nameSome(texts: Texts, people: readonly { name: string; slackUserId: string | null }[]): string {
  if (people.length === 0) return texts.requests.ask.nobody;
  const shown = mentionAll(people.slice(0, NAMES));
  return people.length > NAMES ? texts.requests.moreDeciders(shown, people.length - NAMES) : shown;
}

/** A request among others, in a line. */
export function requestLine(texts: Texts, request: ListedRequest): string {
  const words = texts.requests;
  return `• ${words.one(request.id)} · ${words.states[request.state]}: ${askedForListed(texts, request)}`;
}

function askedForListed(texts: Texts, request: ListedRequest): string {
  const { packageNumber, packageName: name } = request;
  const pack = packageNumber === null ? null : { number: packageNumber, name: name ?? '' };
  return askedFor(texts, { ...request, package: pack });
}

/** A request in a list, with a button that opens it. */
export function requestRow(texts: Texts, request: ListedRequest): Block {
  const { id, state, requesterName, createdAt } = request;
  const words = texts.requests;
  const what = askedForListed(texts, request);
  return section(
    words.list.row(
      words.one(id),
      words.states[state],
      capitalized(what),
      escapeText(requesterName),
      texts.moment(createdAt),
    ),
    { accessory: button(ACTIONS.openRequest, words.list.open, { requestId: id }) },
  );
}
