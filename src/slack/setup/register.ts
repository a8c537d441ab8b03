import { randomUUID } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { setUpOrganization } from '../../engine/operations/setUpOrganization.ts';
import { actions, button, modal, section } from '../kit/blocks.ts';
import { errorText } from '../kit/errorText.ts';
import type { Identify, SlackPerson } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { ExplainRefusal } from '../kit/listeners.ts';
import { ActionBody, personOf } from '../kit/payloads.ts';
import { errorView, noticeView } from '../kit/screens.ts';
import type { SlackProfile } from '../kit/slackProfiles.ts';
import { openView, updateView } from '../kit/stage.ts';
import { escapeText } from '../kit/text.ts';
import { languageOf, type Texts } from '../kit/texts/index.ts';

export interface SetupOptions {
  app: App;
  client: WebClient;
  engine: EngineContext;
  identify: Identify;
  log: (reference: string, error: unknown) => void;
  /** The name of the bot's workspace. */
  workspaceName: () => string;
}

const Members = z.object({
  members: z.array(
    z.object({
      id: z.string(),
      deleted: z.boolean().default(false),
      is_owner: z.boolean().default(false),
      is_admin: z.boolean().default(false),
    }),
  ),
});

/** Owners and admins named to somebody who must ask one. */
const ADMINS_NAMED = 3;

/**
 * The words, or the window, for people who may not use the bot; and the set-up of an organization by an owner or admin
 * of a workspace that has none yet.
 */
export function createSetup({ app, client, engine, identify, log, workspaceName }: SetupOptions): ExplainRefusal {
  async function adminMentions(): Promise<string> {
    const { members } = Members.parse(await client.users.list({ limit: 200 }));
    const admins = members.filter((member) => !member.deleted && (member.is_owner || member.is_admin));
    return admins
      .slice(0, ADMINS_NAMED)
      .map(({ id }) => `<@${id}>`)
      .join(', ');
  }

  app.action(ACTIONS.setUp, async ({ ack, body }) => {
    await ack();
    const { view, trigger_id, ...rest } = ActionBody.parse(body);
    const person = personOf(rest);
    const identified = await identify(person);
    const texts = 'refusal' in identified ? identified.texts : identified.identity.texts;
    const show = async (content: ReturnType<typeof errorView>) => {
      if (view?.type === 'modal') await updateView(client, view.id, content);
      else await openView(client, trigger_id, content, view);
    };
    try {
      // The right is checked at this click, not when the button was shown
      if (!('refusal' in identified) || identified.refusal.kind !== 'notSetUp') {
        throw new EngineError('organization_exists', { name: workspaceName() });
      }
      if (!identified.refusal.profile.admin) throw new EngineError('not_allowed', { needs: 'administer' });
      const name = await setUp(person, identified.refusal.profile);
      const blocks = [
        section(`:white_check_mark: ${texts.setup.done(escapeText(name))}`),
        section(texts.setup.importHint),
      ];
      await show(noticeView(texts, { title: texts.setup.title, blocks }));
    } catch (error) {
      await show(errorView(texts, errorText(texts, error, log)));
    }
  });

  async function setUp({ teamId, slackUserId }: SlackPerson, profile: SlackProfile): Promise<string> {
    const name = workspaceName();
    await setUpOrganization(engine, {
      key: randomUUID(),
      slackTeamId: teamId,
      organization: { name, timeZone: profile.timeZone, locale: languageOf(profile.locale, 'en') },
      founder: {
        slackUserId,
        code: (profile.handle || slackUserId).toUpperCase().replace(/[\s,]+/g, '-'),
        name: profile.name || slackUserId,
        email: profile.email ?? '',
      },
    });
    return name;
  }

  function offer(texts: Texts, workspace: string) {
    return [
      section(texts.setup.offer(escapeText(workspace))),
      ...actions('setup', [button(ACTIONS.setUp, texts.setup.button, {}, { style: 'primary' })]),
    ];
  }

  return async ({ refusal, texts, person }, viewId) => {
    switch (refusal.kind) {
      case 'guest':
        return texts.errors.guest;
      case 'stranger':
        return texts.errors.stranger;
      case 'notInOrganization':
        return texts.errors.notInOrganization(refusal.founders);
      case 'notSetUp': {
        if (!refusal.profile.admin) return texts.setup.askAdmin(await adminMentions());
        const blocks = offer(texts, workspaceName());
        if (viewId) {
          const content = { title: texts.setup.title, blocks, close: texts.common.close };
          await updateView(client, viewId, modal(content, { callbackId: 'set_up', metadata: '' }));
        } else {
          await client.chat.postMessage({ channel: person.slackUserId, text: texts.setup.title, blocks });
        }
        return null;
      }
    }
  };
}
