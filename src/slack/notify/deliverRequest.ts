import { z } from 'zod';
import type { RequestState } from '../../engine/core/requestState.ts';
import type { ApprovalContext, Approver } from '../../engine/operations/approvers.ts';
import { placesOf } from '../../engine/operations/postedMessages.ts';
import { type RequestView, requestAudience, requestEvent, requestToTell } from '../../engine/readModels/requests.ts';
import { section } from '../kit/blocks.ts';
import { mentionAll } from '../kit/identify.ts';
import {
  askedByRequest,
  askedFor,
  causeLines,
  decisionButtons,
  requestBlocks,
  requestSentence,
  undecided,
} from '../kit/requestBlocks.ts';
import type { SlackProfiles } from '../kit/slackProfiles.ts';
import { escapeText } from '../kit/text.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';
import { everyPlace } from './everyPlace.ts';
import { type KeptMessage, keepMessage, type MessageContent, type Sender } from './keepMessage.ts';
import type { Deliver } from './outboxWorker.ts';

/** People named with their changes in a message; the details name more. */
const PEOPLE_SHOWN = 3;

const AUDIENCE_AT_ONCE = 100;

/** Outcomes that those hear whose access would have changed; where it did change, they hear of the change itself. */
const TOLD_TO_PEOPLE: ReadonlySet<RequestState> = new Set(['rejected', 'cancelled', 'expired', 'stale']);

const Payload = z.object({ requestId: z.number().int() });

type Place = KeptMessage['place'];

export interface RequestDeliveryOptions {
  context: ApprovalContext;
  sender: Sender;
  profiles: SlackProfiles;
}

/**
 * Tells how a request stands (DOMAIN 6): one message for each approver and one in the channel, kept up to date in
 * place, the story in the channel's thread; one for the requester, and another when it has ended. What stands already
 * is left alone, so that another attempt goes on where this one was cut off.
 */
export function requestDelivery({ context, sender, profiles }: RequestDeliveryOptions): Deliver {
  return async ({ organizationId, operationId, payload }) => {
    const { requestId } = Payload.parse(payload);
    const view = await requestToTell(context, organizationId, requestId);
    if (!view) return;
    const about = `request:${requestId}`;
    const known = (await placesOf(context, organizationId, about)) as Place[];
    await everyPlace([...new Set([...known, ...wantedPlaces(view)])], async (place) => {
      const texts = await textsFor(place, view);
      const posted = await keepMessage(sender, {
        ...{ organizationId, about, place },
        draw: () => approverMessage(texts, view, place),
      });
      if (isChannel(place) && operationId !== null) await tellStory(place, view, { operationId, thread: posted.ts });
    });
    await tellRequester(view);
    await tellPeople(view);
  };

  async function textsFor(place: Place, { organization }: RequestView): Promise<Texts> {
    const { locale, timeZone } = organization;
    if (isChannel(place)) return textsOf(languageOf(undefined, locale), timeZone);
    const profile = await profiles.get(place.slice('user:'.length));
    return textsOf(languageOf(profile.locale, locale), timeZone);
  }

  async function tellStory(
    place: Place,
    view: RequestView,
    { operationId, thread }: { operationId: number; thread: string },
  ): Promise<void> {
    const { organizationId, id } = view.request;
    const event = await requestEvent(context, organizationId, operationId);
    if (!event) return;
    const texts = await textsFor(place, view);
    const by = event.actor ? mentionAll([event.actor]) : '';
    const { story } = texts.requests;
    const isOfRequest = (kind: string): kind is keyof Omit<typeof story, 'applied'> => Object.hasOwn(story, kind);
    const text = isOfRequest(event.kind) ? story[event.kind](by) : story.applied(operationId);
    await keepMessage(sender, {
      ...{ organizationId, about: `request:${id}:story:${operationId}`, place, thread },
      draw: () => ({ text }),
    });
  }

  async function tellRequester(view: RequestView): Promise<void> {
    const { request, requester } = view;
    if (!requester.slackUserId) return;
    const { organizationId, id, state, endedAt } = request;
    const place: Place = `user:${requester.slackUserId}`;
    const texts = await textsFor(place, view);
    await everyPlace([place], async () => {
      await keepMessage(sender, {
        ...{ organizationId, about: `request:${id}:own`, place },
        draw: () => ({
          text: texts.requests.notices.own(id),
          blocks: [...requestBlocks(texts, view, PEOPLE_SHOWN), ...decisionButtons(texts, request, false)],
        }),
      });
      const ended = ownOutcome(texts, view);
      if (ended === null) return;
      // What was tried again may fail again, and is news each time
      const about = `request:${id}:outcome:${state}:${endedAt?.toISOString() ?? ''}`;
      await keepMessage(sender, { organizationId, about, place, draw: () => ({ text: ended }) });
    });
  }

  async function tellPeople(view: RequestView): Promise<void> {
    const { request, requester } = view;
    const { organizationId, id, state, policy } = request;
    if (!policy.tellPeople || !TOLD_TO_PEOPLE.has(state)) return;
    let after = 0;
    for (;;) {
      const people = await requestAudience(context, request, { after, limit: AUDIENCE_AT_ONCE });
      const told = people.filter(({ userId }) => userId !== requester.userId);
      await everyPlace(
        told.map(({ slackUserId }): Place => `user:${slackUserId}`),
        async (place) => {
          const text = outcomeForPeople(await textsFor(place, view), view);
          if (text === null) return;
          await keepMessage(sender, { organizationId, about: `request:${id}:people`, place, draw: () => ({ text }) });
        },
      );
      if (people.length < AUDIENCE_AT_ONCE) return;
      after = people.at(-1)?.userId ?? after;
    }
  }
}

/** Where a request that waits is to be seen: in the policy's channel, and with those who can decide. */
function wantedPlaces({ request, approvers, deputies }: RequestView): Place[] {
  const { state, stage, policy } = request;
  // The channel has every request, also one that was decided before it could be told
  const channels: Place[] = policy.channel === null ? [] : [`channel:${policy.channel}`];
  if (state !== 'pending') return channels;
  const deciders = policy.direct || policy.channel === null ? [...(approvers[stage - 1] ?? []), ...deputies] : [];
  return [...channels, ...deciders.map(({ slackUserId }): Place => `user:${slackUserId}`)];
}

function approverMessage(texts: Texts, view: RequestView, place: Place): MessageContent {
  const { request, requester } = view;
  const what = askedFor(texts, askedByRequest(request));
  return {
    text: texts.requests.notices.approver(mentionAll([requester]), what),
    blocks: [
      ...requestBlocks(texts, view, PEOPLE_SHOWN),
      ...decisionButtons(texts, request, request.state === 'pending' && mayDecide(view, place)),
    ],
  };
}

/** In a channel anybody may click, and is authorized then. */
function mayDecide(view: RequestView, place: Place): boolean {
  return isChannel(place) || waitingFor(view).some(({ slackUserId }) => place === `user:${slackUserId}`);
}

/** Those whom a request waits for: approvers with a free say, and the deputies who have not decided. */
function waitingFor(view: RequestView): Approver[] {
  const { deputies, approvals } = view;
  const hasDecided = (deputy: Approver) => approvals.some(({ userId }) => userId === deputy.userId);
  return [...undecided(view), ...deputies.filter((deputy) => !hasDecided(deputy))];
}

/** How it ended and why, for the requester; null where it has not. */
function ownOutcome(texts: Texts, { request, endedBy }: RequestView): string | null {
  const { notices } = texts.requests;
  const told = outcomeText(texts, request, notices.title(request.id));
  if (told === null) return null;
  const isRejected = request.state === 'rejected' && endedBy;
  return [
    told,
    ...(isRejected ? [notices.says(mentionAll([endedBy]), escapeText(request.endReason ?? ''))] : []),
    ...causeLines(texts, request),
  ].join('\n');
}

/**
 * The same for somebody whose access it was about, who may never have heard of it; the reasons are not theirs to read.
 */
function outcomeForPeople(texts: Texts, { request, requester }: RequestView): string | null {
  return outcomeText(texts, request, texts.requests.notices.aboutYou(request.id, mentionAll([requester])));
}

function outcomeText(texts: Texts, request: RequestView['request'], title: string): string | null {
  const { outcome } = texts.requests.notices;
  const isOutcome = (name: string): name is keyof typeof outcome => Object.hasOwn(outcome, name);
  return isOutcome(request.state) ? outcome[request.state](title, askedFor(texts, askedByRequest(request))) : null;
}

function isChannel(place: Place): boolean {
  return place.startsWith('channel:');
}

/** Reminds those who have not decided yet, once for each. */
export function reminderDelivery({ context, sender, profiles }: RequestDeliveryOptions): Deliver {
  return async ({ organizationId, payload }) => {
    const { requestId } = Payload.parse(payload);
    const view = await requestToTell(context, organizationId, requestId);
    if (view?.request.state !== 'pending') return;
    const { request, organization } = view;
    await everyPlace(
      waitingFor(view).map(({ slackUserId }): Place => `user:${slackUserId}`),
      async (place) => {
        const { locale } = await profiles.get(place.slice('user:'.length));
        const texts = textsOf(languageOf(locale, organization.locale), organization.timeZone);
        const { notices } = texts.requests;
        const text = notices.reminder(notices.title(requestId), texts.moment(request.expiresAt));
        await keepMessage(sender, {
          ...{ organizationId, about: `request:${requestId}:reminder`, place },
          draw: () => ({
            text,
            blocks: [section(`${text}\n${requestSentence(texts, view)}`), ...decisionButtons(texts, request, true)],
          }),
        });
      },
    );
  };
}
