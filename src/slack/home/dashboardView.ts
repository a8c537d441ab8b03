import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { Membership } from '../../engine/readModels/access.ts';
import { actions, type Block, button, context, divider, header, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { membershipLines } from '../kit/memberships.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

export interface DashboardData {
  organization: string;
  /** Null for people who may not see packages. */
  numbers: { active: number; disabled: number; members: number } | null;
  /** Whether there is a Profiles screen: not where every application is in Simple App Mode. */
  offersProfiles: boolean;
  memberships: Membership[];
}

/** The dashboard modal: the bare command and the global shortcut. */
export function dashboardView(texts: Texts, actor: Actor, data: DashboardData): ModalContent {
  return { title: texts.dashboard.title, close: texts.common.close, blocks: dashboardBlocks(texts, actor, data) };
}

/** App Home: the dashboard, and when it was drawn. */
export function homeBlocks(texts: Texts, actor: Actor, data: DashboardData, now: Date): Block[] {
  return [
    ...dashboardBlocks(texts, actor, data),
    divider(),
    context(texts.home.updated(texts.moment(now))),
    ...actions('home_refresh', [button(ACTIONS.refreshHome, texts.home.refresh)]),
  ];
}

function dashboardBlocks(texts: Texts, actor: Actor, data: DashboardData): Block[] {
  const { organization, numbers, offersProfiles, memberships } = data;
  const quick = [
    ...(numbers ? [button(ACTIONS.openList, texts.dashboard.packages)] : []),
    ...(mayDo(actor, 'assign_packages')
      ? [button(ACTIONS.assign, texts.dashboard.assign, {}, { style: 'primary' })]
      : []),
    ...(mayDo(actor, 'define_packages') ? [button(ACTIONS.newPackage, texts.dashboard.newPackage)] : []),
    ...(mayDo(actor, 'manage_permissions') ? [button(ACTIONS.manage, texts.manage.title)] : []),
    ...(numbers && offersProfiles ? [button(ACTIONS.openProfiles, texts.profiles.title)] : []),
    ...(numbers ? [button(ACTIONS.openRules, texts.rules.title)] : []),
    ...(numbers ? [button(ACTIONS.openUndo, texts.undo.title)] : []),
    button(ACTIONS.openMe, texts.dashboard.me),
    button(ACTIONS.openHelp, texts.dashboard.help),
  ];
  return [
    section(texts.dashboard.greeting(escapeText(organization))),
    ...(numbers ? [context(texts.dashboard.numbers(numbers.active, numbers.disabled, numbers.members))] : []),
    header(texts.home.quick),
    ...actions('quick', quick),
    header(texts.home.mine),
    section(membershipLines(texts, memberships)),
  ];
}
