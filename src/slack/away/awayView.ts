import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { Delegation, Delegations } from '../../engine/readModels/delegations.ts';
import {
  actions,
  type Block,
  button,
  context,
  datepicker,
  divider,
  header,
  input,
  type ModalContent,
  section,
  textInput,
  usersSelect,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

export interface AwayData {
  delegations: Delegations;
  page: number;
  now: Date;
  note: string | undefined;
}

/** Who decides for me, for whom I decide, and for administrators everybody's delegations. */
export function awayView(texts: Texts, actor: Actor, data: AwayData): ModalContent {
  const { delegations, page, now, note } = data;
  const { mine, held, everybody } = delegations;
  const words = texts.away;
  const more = held.total - held.delegations.length;
  return {
    title: words.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      context(words.intro),
      header(words.mine),
      ...(mine.length === 0 ? [section(words.none)] : []),
      ...mine.map((each) => row(texts, each, now, { names: 'to', ends: words.yourself })),
      ...actions('away_actions', [button(ACTIONS.delegate, words.add, {}, { style: 'primary' })]),
      header(words.held),
      ...(held.total === 0 ? [section(words.heldNone)] : []),
      ...held.delegations.map((each) => row(texts, each, now, { names: 'from', ends: null })),
      ...(more > 0 ? [context(words.more(more))] : []),
      ...(everybody ? everybodysBlocks(texts, actor, { ...everybody, page, now }) : []),
    ],
  };
}

function everybodysBlocks(
  texts: Texts,
  actor: Actor,
  { delegations, total, page, now }: { delegations: Delegation[]; total: number; page: number; now: Date },
): Block[] {
  const words = texts.away;
  return [
    divider(),
    header(words.everybody),
    ...(total === 0 ? [section(words.everybodyNone)] : []),
    ...delegations.map((each) => {
      const ends = each.fromUserId === actor.userId ? words.yourself : escapeText(each.fromName);
      return row(texts, each, now, { names: 'both', ends });
    }),
    ...pager(texts, ACTIONS.awayPage, { page, total }),
  ];
}

/** `ends`: who decides again once it is ended by the button; null: no button. */
function row(
  texts: Texts,
  delegation: Delegation,
  now: Date,
  { names, ends }: { names: 'to' | 'from' | 'both'; ends: string | null },
): Block {
  const words = texts.away;
  const { id: delegationId, startsAt, endsAt, reason } = delegation;
  const [from, to] = [escapeText(delegation.fromName), escapeText(delegation.toName)];
  const time = [texts.dayOf(startsAt), texts.lastDay(endsAt)] as const;
  const text = names === 'both' ? words.between(from, to, ...time) : words.to(names === 'to' ? to : from, ...time);
  const state = startsAt <= now ? words.now : words.later;
  const why = reason === '' ? '' : ` · ${words.reason(escapeText(reason))}`;
  const confirm = {
    title: words.end,
    text: words.endConfirm(ends ?? ''),
    confirm: words.end,
    deny: texts.common.cancel,
  };
  return section(`${text}\n${state}${why}`, {
    ...(ends !== null && {
      accessory: button(ACTIONS.endDelegation, words.end, { delegationId }, { style: 'danger', confirm }),
    }),
  });
}

/** The form of a delegation. `today`: the day it begins unless another is chosen. */
export function delegateView(
  texts: Texts,
  { today, longest, timeZone }: { today: string; longest: number; timeZone: string },
): ModalContent {
  const words = texts.away;
  return {
    title: words.formTitle,
    submit: words.save,
    close: texts.common.cancel,
    blocks: [
      section(words.intro),
      input('delegate', words.person, usersSelect(ACTIONS.delegatePerson, words.personPlaceholder)),
      input('delegate_from', words.from, datepicker(ACTIONS.delegateFrom, words.dayPlaceholder, today)),
      input('delegate_until', words.until, datepicker(ACTIONS.delegateUntil, words.dayPlaceholder), {
        hint: words.untilHint(longest, timeZone),
      }),
      input('delegate_reason', words.why, textInput(ACTIONS.delegateReason, { max: 500 }), {
        ...{ optional: true, hint: words.whyHint },
      }),
    ],
  };
}
