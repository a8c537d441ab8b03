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
  /** Operations of this person that a worker has not finished yet. */
  running: number;
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
  const { organization, overview, running, memberships, access } = data;
  return [
    section(texts.dashboard.greeting(escapeText(organization))),
    ...(overview ? [context(numbersText(texts, overview.numbers))] : []),
    header(texts.home.waiting),
    section(running > 0 ? texts.home.running(running) : texts.home.nothingWaits),
    ...(overview ? driftBlocks(texts, actor, overview.drift) : []),
    header(texts.home.quick),
    ...actions('quick', quickActions(texts, actor, overview !== null)),
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

function numbersText(
  texts: Texts,
  { active, disabled, members }: { active: number; disabled: number; members: number },
) {
  return texts.dashboard.numbers(active, disabled, members);
}

function quickActions(texts: Texts, actor: Actor, sees: boolean): Button[] {
  const may = (needed: MetaPermission, make: () => Button) => (mayDo(actor, needed) ? [make()] : []);
  return [
    ...(sees ? [button(ACTIONS.openList, texts.dashboard.packages)] : []),
    ...may('assign_packages', () => button(ACTIONS.assign, texts.dashboard.assign, {}, { style: 'primary' })),
    ...may('define_packages', () => button(ACTIONS.newPackage, texts.dashboard.newPackage)),
    ...may('manage_permissions', () => button(ACTIONS.manage, texts.manage.title)),
    ...(sees ? [button(ACTIONS.openPeople, texts.people.title)] : []),
    ...(sees ? [button(ACTIONS.openUndo, texts.undo.title)] : []),
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
