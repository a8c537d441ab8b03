import type { Button } from '@slack/types';
import { type Actor, META_PERMISSIONS, type MetaPermission, mayDo } from '../../engine/core/metaPermissions.ts';
import type { Access, Membership } from '../../engine/readModels/access.ts';
import type { DriftOverview } from '../../engine/readModels/driftOverview.ts';
import { actions, type Block, button, context, divider, header, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { membershipLines } from '../kit/memberships.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { accessLine } from './accessLine.ts';
import { driftBlocks } from './driftBlocks.ts';

/** Unusable applications warned of; My access warns of all. */
const WARNINGS_SHOWN = 5;

export interface DashboardData {
  organization: string;
  /** Null for people who may not see packages. */
  overview: {
    numbers: { active: number; disabled: number; members: number };
    drift: DriftOverview;
  } | null;
  /** Whether there is a Profiles screen: not where every application is in Simple App Mode. */
  offersProfiles: boolean;
  /** Requests that wait for this person's decision. */
  toDecide: number;
  /** Operations of this person that a worker has not finished yet. */
  running: number;
  /** People who left and still have access, for those who can do something about it. */
  leftWithAccess: number;
  memberships: Membership[];
  access: Access[];
  unusable: { applicationName: string; mainName: string }[];
  /** Whom to ask for more, mentioned; empty where nobody need be asked. */
  founders: string;
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
  const { organization, overview, memberships, access } = data;
  return [
    section(texts.dashboard.greeting(escapeText(organization))),
    ...(overview ? [context(numbersText(texts, overview.numbers))] : []),
    header(texts.home.waiting),
    ...waitingBlocks(texts, data),
    ...(overview ? driftBlocks(texts, actor, overview.drift) : []),
    header(texts.home.quick),
    ...actions('quick', quickActions(texts, actor, { sees: overview !== null, offersProfiles: data.offersProfiles })),
    header(texts.home.mine),
    section(membershipLines(texts, memberships)),
    context(accessLine(texts, actor, access)),
    ...data.unusable
      .slice(0, WARNINGS_SHOWN)
      .map(({ applicationName, mainName }) =>
        context(texts.why.mainMissing(escapeText(applicationName), escapeText(mainName))),
      ),
    ...missingBlocks(texts, actor, data.founders),
  ];
}

/**
 * What asks for the person: requests to decide about, their operations under way, and people who left with their
 * access.
 */
function waitingBlocks(texts: Texts, { toDecide, running, leftWithAccess }: DashboardData): Block[] {
  const decide = button(ACTIONS.openRequests, texts.home.showLeft);
  const show = button(ACTIONS.openPeople, texts.home.showLeft, { filter: 'left_with_access' });
  const blocks = [
    ...(toDecide > 0 ? [section(texts.home.toDecide(toDecide), { accessory: decide })] : []),
    ...(running > 0 ? [section(texts.home.running(running))] : []),
    ...(leftWithAccess > 0 ? [section(texts.home.left(leftWithAccess), { accessory: show })] : []),
  ];
  return blocks.length > 0 ? blocks : [section(texts.home.nothingWaits)];
}

function numbersText(
  texts: Texts,
  { active, disabled, members }: { active: number; disabled: number; members: number },
) {
  return texts.dashboard.numbers(active, disabled, members);
}

function quickActions(
  texts: Texts,
  actor: Actor,
  { sees, offersProfiles }: { sees: boolean; offersProfiles: boolean },
): Button[] {
  const may = (needed: MetaPermission, make: () => Button) => (mayDo(actor, needed) ? [make()] : []);
  return [
    ...(sees ? [button(ACTIONS.openList, texts.dashboard.packages)] : []),
    ...may('assign_packages', () => button(ACTIONS.assign, texts.dashboard.assign, {}, { style: 'primary' })),
    ...may('define_packages', () => button(ACTIONS.newPackage, texts.dashboard.newPackage)),
    ...may('manage_permissions', () => button(ACTIONS.manage, texts.manage.title)),
    ...(sees && offersProfiles ? [button(ACTIONS.openProfiles, texts.profiles.title)] : []),
    ...(sees ? [button(ACTIONS.openRules, texts.rules.title)] : []),
    ...(sees ? [button(ACTIONS.openCatalog, texts.catalog.title)] : []),
    ...(sees ? [button(ACTIONS.openPeople, texts.people.title)] : []),
    ...(sees ? [button(ACTIONS.openUndo, texts.undo.title)] : []),
    button(ACTIONS.openRequests, texts.requests.title),
    ...(mayDo(actor, 'assign_packages') ? [] : [button(ACTIONS.askAccess, texts.requests.list.ask)]),
    ...may('view_audit', () => button(ACTIONS.openAudit, texts.audit.title)),
    ...may('administer', () => button(ACTIONS.openSettings, texts.dashboard.settings)),
    button(ACTIONS.openMe, texts.dashboard.me),
    button(ACTIONS.openHelp, texts.dashboard.help),
  ];
}

/** What the person may not do, and who could change that; nothing for those who may do everything. */
function missingBlocks(texts: Texts, actor: Actor, founders: string): Block[] {
  const missing = META_PERMISSIONS.filter((name) => !mayDo(actor, name)).map((name) => texts.metaPermissions[name]);
  if (missing.length === 0) return [];
  const ask = founders ? ` ${texts.help.askFounder(founders)}` : '';
  return [divider(), context(`${texts.home.mayNot(missing.join(', '))}${ask}`)];
}
