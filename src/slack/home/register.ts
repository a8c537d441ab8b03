import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { META_PERMISSIONS, mayDo } from '../../engine/core/metaPermissions.ts';
import type { ApprovalContext } from '../../engine/operations/approvers.ts';
import { ownAccess, ownMemberships } from '../../engine/readModels/access.ts';
import { countOwnBackground } from '../../engine/readModels/background.ts';
import { driftOverview } from '../../engine/readModels/driftOverview.ts';
import { organizationFounders } from '../../engine/readModels/organizations.ts';
import { countPackages } from '../../engine/readModels/packages.ts';
import { countLeftWithAccess } from '../../engine/readModels/people.ts';
import { offersProfiles } from '../../engine/readModels/profiles.ts';
import { countToDecide } from '../../engine/readModels/requestLists.ts';
import { type Block, home, section } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import { type Identity, mentionAll, type SlackPerson } from '../kit/identify.ts';
import { ACTIONS, SHORTCUTS } from '../kit/ids.ts';
import type { ExplainRefusal } from '../kit/interaction.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { type DashboardData, dashboardView, homeBlocks } from './dashboardView.ts';

/** Packages shown with their drift. */
const DRIFTING_SHOWN = 5;

/** The dashboard (bare command, global shortcut) and App Home. */
export function registerHome(client: WebClient, explainRefusal: ExplainRefusal): Feature {
  return ({ engine, approvals, screens, listeners, subcommands }) => {
    const context = approvals.context;
    screens.register(SCREENS.dashboard, async (identity) =>
      dashboardView(identity.texts, identity.actor, await dashboardData(context, identity)),
    );
    subcommands.add({
      name: '',
      help: 'dashboard',
      needs: null,
      opensModal: true,
      run: ({ stage }) => stage.show(SCREENS.dashboard, {}),
    });
    listeners.shortcut(SHORTCUTS.dashboard, ({ stage }) => stage.show(SCREENS.dashboard, {}));
    listeners.action(ACTIONS.openDashboard, { opens: true, value: z.unknown() }, ({ stage }) =>
      stage.show(SCREENS.dashboard, {}),
    );

    async function publish(identity: Identity): Promise<void> {
      const data = await dashboardData(context, identity);
      const blocks = homeBlocks(identity.texts, identity.actor, data, engine.now());
      await publishBlocks(identity, blocks);
    }
    async function publishBlocks(person: SlackPerson, blocks: Block[]): Promise<void> {
      await client.views.publish({ user_id: person.slackUserId, view: home(blocks) });
    }
    listeners.homeOpened(
      async (identified) => {
        if ('identity' in identified) return publish(identified.identity);
        const explained = await explainRefusal(identified);
        await publishBlocks(identified.person, typeof explained === 'string' ? [section(explained)] : explained.blocks);
      },
      (person, words) => publishBlocks(person, [section(`:warning: ${words}`)]),
    );
    listeners.action(ACTIONS.refreshHome, { value: z.unknown() }, ({ identity }) => publish(identity));
  };
}

async function dashboardData(engine: ApprovalContext, { actor, organization }: Identity): Promise<DashboardData> {
  const isComplete = META_PERMISSIONS.every((name) => mayDo(actor, name));
  return {
    organization: organization.name,
    overview: mayDo(actor, 'view')
      ? {
          numbers: await countPackages(engine, actor),
          drift: await driftOverview(engine, actor, { text: '', offset: 0, limit: DRIFTING_SHOWN }),
        }
      : null,
    offersProfiles: await offersProfiles(engine, actor),
    toDecide: await countToDecide(engine, actor),
    running: await countOwnBackground(engine, actor),
    leftWithAccess: mayDo(actor, 'manage_catalog') ? await countLeftWithAccess(engine, actor) : 0,
    memberships: await ownMemberships(engine, actor),
    ...(await ownAccess(engine, actor)),
    founders: isComplete ? '' : mentionAll(await organizationFounders(engine, organization.id)),
  };
}
