import { isRecordedKind } from '../../engine/core/recordedKinds.ts';
import type { AppliedRule, PersonCard, PersonChange } from '../../engine/readModels/people.ts';
import { type Block, button, context, divider, header, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, PERMISSIONS_PER_PAGE, pageOf, pager } from '../kit/paging.ts';
import { requestLine } from '../kit/requestBlocks.ts';
import type { PersonState } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeSource, describeValue, packageName } from '../kit/wording.ts';
import { paragraphs } from './paragraphs.ts';

/** Groups and profiles named; the rest are counted. */
const NAMED = 30;

/** MAIN warnings shown; whoever has more has a larger problem. */
const WARNINGS_SHOWN = 10;

/** What the card shows below its tabs. */
export function personTab(texts: Texts, card: PersonCard, { tab, page }: PersonState): Block[] {
  switch (tab) {
    case 'overview':
      return overviewBlocks(texts, card);
    case 'packages':
      return packageBlocks(texts, card, page);
    case 'access':
      return accessBlocks(texts, card, page);
    case 'sources':
      return sourceBlocks(texts, card, page);
    case 'changes':
      return changeBlocks(texts, card);
    default:
      return tab satisfies never;
  }
}

function overviewBlocks(texts: Texts, card: PersonCard): Block[] {
  const { person, structureName, structureCode, groups, metaPermissions } = card;
  const words = texts.people.card;
  const rights = metaPermissions.map(
    (name) => texts.metaPermissions[name as keyof Texts['metaPermissions']] ?? escapeText(name),
  );
  return [
    section(
      [
        words.structure(escapeText(structureName), escapeText(structureCode)),
        person.email ? words.email(escapeText(person.email)) : words.noEmail,
        person.slackUserId ? words.slack(`<@${person.slackUserId}>`) : words.noSlack,
      ].join('\n'),
    ),
    section(
      words.groups(
        named(
          texts,
          groups.map(({ name }) => escapeText(name)),
        ),
      ),
    ),
    section(words.rights(rights.length > 0 ? rights.join(', ') : words.none)),
    ...mainWarnings(texts, card),
    ...requestLines(texts, card),
  ];
}

function requestLines(texts: Texts, { requests: { requests, total } }: PersonCard): Block[] {
  if (total === 0) return [];
  const more = total - requests.length;
  const lines = requests.map((request) => requestLine(texts, request));
  return [
    section([texts.people.card.requests(total), ...lines].join('\n')),
    ...(more > 0 ? [context(texts.people.matching.more(more))] : []),
  ];
}

function named(texts: Texts, names: readonly string[]): string {
  if (names.length === 0) return texts.people.card.none;
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? texts.people.matching.more(more) : '');
}

function mainWarnings(texts: Texts, { unusable }: PersonCard): Block[] {
  return unusable
    .slice(0, WARNINGS_SHOWN)
    .map(({ applicationName, mainName }) =>
      section(texts.why.mainMissing(escapeText(applicationName), escapeText(mainName))),
    );
}

function packageBlocks(texts: Texts, { person, memberships }: PersonCard, wanted: number): Block[] {
  const words = texts.people.card;
  if (memberships.length === 0) return [section(words.noPackages)];
  const { page, offset } = pageOf(wanted, memberships.length);
  return [
    ...memberships.slice(offset, offset + PAGE_SIZE).map((membership) => {
      const isSuspended = membership.state === 'active' && membership.packageState === 'disabled';
      const state = isSuspended ? words.suspended : words[membership.state];
      const end = membership.endsAt ? ` · ${texts.ends.until(texts.lastDay(membership.endsAt))}` : '';
      return section(`${packageName(texts, membership)}\n${state}${end}`, {
        accessory: button(ACTIONS.openDetails, words.details, { number: membership.number, userId: person.userId }),
      });
    }),
    ...pager(texts, ACTIONS.personPage, { page, total: memberships.length }),
  ];
}

function accessBlocks(texts: Texts, card: PersonCard, wanted: number): Block[] {
  const { access } = card;
  const size = PERMISSIONS_PER_PAGE;
  const { page, offset } = pageOf(wanted, access.length, size);
  const shown = access.slice(offset, offset + size);
  const applications = [...new Set(shown.map(({ applicationId }) => applicationId))];
  return [
    ...mainWarnings(texts, card),
    ...(access.length === 0 ? [section(texts.people.card.noAccess)] : []),
    ...applications.flatMap((applicationId) =>
      paragraphs(
        shown
          .filter((each) => each.applicationId === applicationId)
          .map((each) => {
            const name = describePermission(texts, { ...each, name: each.permissionName });
            const source = texts.me.from(describeSource(texts, each.source));
            return `• ${name}: ${describeValue(texts, each.value, each.param)} — ${source}`;
          }),
        button(ACTIONS.openWhy, texts.explain.button, { userId: card.person.userId, applicationId }),
      ),
    ),
    ...pager(texts, ACTIONS.personPage, { page, total: access.length, size }),
  ];
}

function sourceBlocks(texts: Texts, { profiles, rules }: PersonCard, wanted: number): Block[] {
  const words = texts.people.card;
  const size = PERMISSIONS_PER_PAGE;
  const { page, offset } = pageOf(wanted, rules.length, size);
  const more = profiles.length - NAMED;
  return [
    header(words.profilesHeading),
    ...(profiles.length === 0 ? [section(words.noProfiles)] : []),
    ...paragraphs(
      profiles
        .slice(0, NAMED)
        .map(({ name, applicationName }) => words.profile(escapeText(name), escapeText(applicationName))),
    ),
    ...(more > 0 ? [context(texts.people.removal.more(more))] : []),
    divider(),
    header(words.rulesHeading),
    ...(rules.length === 0 ? [section(words.noRules)] : [context(words.rulesHint)]),
    ...paragraphs(rules.slice(offset, offset + size).map((rule) => ruleLine(texts, rule))),
    ...pager(texts, ACTIONS.personPage, { page, total: rules.length, size }),
  ];
}

function ruleLine(texts: Texts, rule: AppliedRule): string {
  const { byGroup, byStructure, rule: line } = texts.people.card;
  const why =
    rule.groupName === null ? byStructure(escapeText(rule.structureName ?? '')) : byGroup(escapeText(rule.groupName));
  const permission = describePermission(texts, { ...rule, name: rule.permissionName });
  return line(permission, describeValue(texts, rule.value, rule.param), escapeText(rule.name), why);
}

function changeBlocks(texts: Texts, { changes }: PersonCard): Block[] {
  if (changes.length === 0) return [section(texts.people.card.noChanges)];
  return changes.map((change) => section(changeText(texts, change)));
}

function changeText(texts: Texts, { kind, at, by, packageNumber, packageName: name }: PersonChange): string {
  const { otherChange, change } = texts.people.card;
  const what = isRecordedKind(kind) ? texts.auditWords.kinds[kind] : otherChange;
  const about = packageNumber === null ? '' : packageName(texts, { number: packageNumber, name: name ?? '' });
  return change(what, about, by ? escapeText(by) : '', texts.moment(at));
}
