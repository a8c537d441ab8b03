import type { Button } from '@slack/types';
import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { PersonCard } from '../../engine/readModels/people.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { PersonState } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { personTab } from './personTabs.ts';

/** One person: who they are, everything that they have and from where, and what can be done. */
export function personView(texts: Texts, actor: Actor, card: PersonCard, state: PersonState): ModalContent {
  const { person } = card;
  return {
    title: texts.people.card.title,
    close: texts.common.close,
    blocks: [
      ...(state.note ? [section(state.note)] : []),
      section(texts.people.card.heading(escapeText(person.name), escapeText(person.code))),
      ...(person.founder ? [context(texts.people.card.founder)] : []),
      ...leftBlocks(texts, card),
      ...actions('person_actions', [
        ...(state.list ? [button(ACTIONS.personBack, texts.people.card.all)] : []),
        ...personButtons(texts, actor, card),
      ]),
      ...tabs(texts, card, state),
      divider(),
      ...personTab(texts, card, state),
    ],
  };
}

function leftBlocks(texts: Texts, card: PersonCard): Block[] {
  const { person, leftBecause, access } = card;
  if (!person.leftAt) return [];
  const { leftOn, stillHas, stillListed, hasNothing } = texts.people.card;
  const without = hasAnything(card) ? stillListed : hasNothing;
  return [
    section(leftOn[leftBecause ?? 'administrator'](texts.moment(person.leftAt))),
    ...(person.founder ? [] : [section(access.length > 0 ? stillHas(access.length) : without)]),
  ];
}

function personButtons(texts: Texts, actor: Actor, card: PersonCard): Button[] {
  const { person } = card;
  const { userId, founder, leftAt } = person;
  const words = texts.people.card;
  return [
    ...(leftAt && !founder && mayRemove(actor) && hasAnything(card)
      ? [button(ACTIONS.removeAllAccess, words.removeAll, { userId }, { style: 'danger' })]
      : []),
    ...(!leftAt && mayDo(actor, 'assign_packages')
      ? [button(ACTIONS.openPackagesPlan, texts.personPlan.packagesButton, { userId }, { style: 'primary' })]
      : []),
    ...(!leftAt && !founder && (mayDo(actor, 'assign_packages') || mayDo(actor, 'manage_permissions'))
      ? [button(ACTIONS.openLikeness, texts.personPlan.likeButton, { userId })]
      : []),
    ...(mayDo(actor, 'manage_permissions') ? [button(ACTIONS.manage, texts.manage.title, { userId })] : []),
    ...(mayDo(actor, 'manage_catalog') ? catalogButtons(texts, actor, card) : []),
  ];
}

/** What it needs depends on what there is; it is told by name when it is opened. */
function mayRemove(actor: Actor): boolean {
  return (['assign_packages', 'manage_permissions', 'assign_profiles', 'manage_catalog'] as const).some((needed) =>
    mayDo(actor, needed),
  );
}

function hasAnything({ access, memberships, profiles, groups }: PersonCard): boolean {
  const isMember = memberships.some(({ state }) => state === 'active');
  return access.length > 0 || isMember || profiles.length > 0 || groups.length > 0;
}

function catalogButtons(texts: Texts, actor: Actor, { person, metaPermissions }: PersonCard): Button[] {
  const { userId, name, slackUserId, leftAt } = person;
  const words = texts.people.card;
  const confirm = (title: string, text: string) => ({
    confirm: { title, text, confirm: texts.people.matching.confirm, deny: texts.common.cancel },
  });
  const administers = person.founder || metaPermissions.includes('administer');
  const warning = administers ? words.unlinkRights : words.unlinkConfirm;
  const unlinking = actor.userId === userId ? words.unlinkOwn : warning(escapeText(name));
  return [
    button(ACTIONS.editPerson, words.edit, { userId }),
    ...(leftAt ? [] : [button(ACTIONS.linkPerson, slackUserId ? words.relink : words.link, { userId })]),
    ...(slackUserId
      ? [
          button(
            ACTIONS.unlinkPerson,
            words.unlink,
            { userId },
            { style: 'danger', ...confirm(words.unlink, unlinking) },
          ),
        ]
      : []),
    leftAt
      ? button(
          ...([ACTIONS.personReturned, words.cameBack, { userId }] as const),
          confirm(words.cameBack, words.cameBackConfirm(escapeText(name))),
        )
      : button(
          ACTIONS.personLeft,
          words.markLeft,
          { userId },
          {
            style: 'danger',
            ...confirm(words.markLeft, words.markLeftConfirm(escapeText(name))),
          },
        ),
  ];
}

function tabs(texts: Texts, card: PersonCard, { userId, tab: current }: PersonState): Block[] {
  const words = texts.people.card.tabs;
  const labels: Record<PersonState['tab'], string> = {
    overview: words.overview,
    packages: `${words.packages} (${card.memberships.filter(({ state }) => state === 'active').length})`,
    access: `${words.access} (${card.access.length})`,
    sources: `${words.sources} (${card.profiles.length + card.rules.length})`,
    changes: words.changes,
  };
  return actions(
    'person_tabs',
    (Object.keys(labels) as PersonState['tab'][]).map((tab) =>
      button(
        ...([`${ACTIONS.personTab}_${tab}`, labels[tab], { userId, tab }] as const),
        tab === current ? { style: 'primary' } : {},
      ),
    ),
  );
}
