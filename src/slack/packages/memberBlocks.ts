import type { MemberView, PackageDetailsView, StatusCount } from '../../engine/readModels/packages.ts';
import { actions, type Block, button, context, input, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** A package and one page of its members, found by `text`. */
export interface MemberList {
  details: PackageDetailsView;
  text: string;
  page: number;
  counts: StatusCount[];
  members: { members: MemberView[]; total: number };
}

/** The members of a package in one state: what they show together, a search, and each with their badges. */
export function memberBlocks(
  texts: Texts,
  { details, counts, members, text, page }: MemberList,
  tab: 'active' | 'former',
): Block[] {
  const shown = counts.filter(({ assignment }) => assignment === tab);
  return [
    ...(shown.length > 0
      ? [context(`${texts.show.counted(texts.show.tabs[tab])} — ${badgeCounts(texts, shown)}`)]
      : []),
    input(
      `member_filter_${tab}_${text}`,
      texts.show.filterMembers,
      textInput(`${ACTIONS.memberFilter}`, { initial: text, max: 200, onEnter: true }),
      { optional: true, dispatch: true },
    ),
    ...(members.total === 0
      ? [section(text ? texts.common.nothingFound(escapeText(text)) : texts.show.noMembers[tab])]
      : members.members.flatMap((member) => memberRow(texts, details, member))),
    ...pager(texts, ACTIONS.memberPage, { page, total: members.total, size: PAGE_SIZE }),
  ];
}

/**
 * A member with badges: why they are so is asked here where all are of one application, else beside each in the
 * details.
 */
function memberRow(
  texts: Texts,
  { package: { number }, permissions }: PackageDetailsView,
  { userId, code, name, endsAt, statuses }: MemberView,
): Block[] {
  const end = endsAt ? ` · ${texts.ends.until(texts.lastDay(endsAt))}` : '';
  const text = `*${escapeText(name)}* \`${escapeText(code)}\`${end}\n${memberSummary(texts, statuses)}`;
  const open = (label: string) => button(ACTIONS.openDetails, label, { number, userId });
  const [applicationId, ...others] = new Set(permissions.map((permission) => permission.applicationId));
  if (applicationId === undefined) return [section(text, { accessory: open(texts.show.details) })];
  if (others.length > 0) return [section(text, { accessory: open(texts.show.detailsAndWhy) })];
  const why = button(ACTIONS.openWhy, texts.explain.button, { userId, applicationId });
  return [section(text), ...actions(`member_${userId}`, [open(texts.show.details), why])];
}

/** Badges without names (a profile's, a rule's), because many are counted together. */
function badgeCounts(texts: Texts, counts: readonly StatusCount[]): string {
  return counts
    .map(({ kind, divergence, cells }) => ({ badge: genericBadge(texts, kind, divergence), cells }))
    .reduce<{ badge: string; cells: number }[]>((merged, { badge, cells }) => {
      const same = merged.find((each) => each.badge === badge);
      if (same) same.cells += cells;
      else merged.push({ badge, cells });
      return merged;
    }, [])
    .sort((a, b) => b.cells - a.cells)
    .map(({ badge, cells }) => texts.show.badgeCount(badge, cells))
    .join(' · ');
}

function memberSummary(texts: Texts, statuses: MemberView['statuses']): string {
  const counts = new Map<string, number>();
  for (const { kind, divergence } of statuses) {
    const badge = genericBadge(texts, kind, divergence);
    counts.set(badge, (counts.get(badge) ?? 0) + 1);
  }
  return [...counts].map(([badge, cells]) => `${badge} ${cells}`).join(' · ') || '–';
}

function genericBadge(texts: Texts, kind: StatusCount['kind'], divergence: StatusCount['divergence']): string {
  return kind === 'other_package'
    ? texts.show.otherPackage
    : texts.badges[kind]({ divergence, packageNumber: null, grantName: null });
}
