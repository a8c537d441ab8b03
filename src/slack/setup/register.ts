import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { setUpOrganization } from '../../engine/operations/setUpOrganization.ts';
import { actions, button, section } from '../kit/blocks.ts';
import { errorText } from '../kit/errorText.ts';
import type { Identify, SlackPerson } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { ExplainRefusal } from '../kit/interaction.ts';
import type { Listeners } from '../kit/listeners.ts';
import { type ActionBody, personOf } from '../kit/payloads.ts';
import { errorView, noticeView } from '../kit/screens.ts';
import type { SlackProfile } from '../kit/slackProfiles.ts';
import { openView, updateView } from '../kit/stage.ts';
import { escapeText } from '../kit/text.ts';
import { languageOf, type Texts, textsOf } from '../kit/texts/index.ts';

export interface SetupOptions {
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
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});

/** Owners and admins named to somebody who must ask one. */
const ADMINS_NAMED = 3;
/** Pages of members that are searched for them: the search must end while the person waits. */
const PAGES_SEARCHED = 5;

/** What is said to people who may not use the bot, and the set-up. */
export interface Setup {
  explainRefusal: ExplainRefusal;
  register(listeners: Pick<Listeners, 'unidentified'>): void;
}

/**
 * The words, or the offer, for people who may not use the bot; and the set-up of an organization by an owner or admin
 * of a workspace that has none yet.
 */
export function createSetup({ client, engine, identify, log, workspaceName }: SetupOptions): Setup {
  async function adminMentions(): Promise<string> {
    const found: string[] = [];
    let cursor = '';
    for (let page = 0; page < PAGES_SEARCHED && found.length < ADMINS_NAMED; page++) {
      const answer = Members.parse(await client.users.list({ limit: 200, ...(cursor && { cursor }) }));
      const admins = answer.members.filter((member) => !member.deleted && (member.is_owner || member.is_admin));
      found.push(...admins.map(({ id }) => `<@${id}>`));
      cursor = answer.response_metadata.next_cursor;
      if (!cursor) break;
    }
    return found.slice(0, ADMINS_NAMED).join(', ');
  }

  async function confirm({ view, trigger_id, ...rest }: ActionBody): Promise<void> {
    const person = personOf(rest);
    let texts = textsOf('en');
    /** In the window, or, where none can be opened, in a message. */
    const show = async (content: ReturnType<typeof errorView>, words: string) => {
      try {
        if (view?.type === 'modal' && (await updateView(client, view.id, content))) return;
        if (view?.type !== 'modal') return void (await openView(client, trigger_id, content, view));
      } catch {
        // Said below
      }
      await client.chat.postMessage({ channel: person.slackUserId, text: words });
    };
    try {
      const identified = await identify(person);
      texts = 'refusal' in identified ? identified.texts : identified.identity.texts;
      // The right is checked at this click, not when the button was shown
      if (!('refusal' in identified) || identified.refusal.kind !== 'notSetUp') {
        throw new EngineError('organization_exists', { name: workspaceName() });
      }
      if (!identified.refusal.profile.admin) throw new EngineError('not_allowed', { needs: 'administer' });
      const name = await setUp(person, identified.refusal.profile);
      const lines = [`:white_check_mark: ${texts.setup.done(escapeText(name))}`, texts.setup.importHint];
      const blocks = [
        ...lines.map((line) => section(line)),
        ...actions('set_up_next', [
          button(ACTIONS.openCatalog, texts.catalog.title, {}, { style: 'primary' }),
          button(ACTIONS.openPeople, texts.people.title),
        ]),
      ];
      await show(noticeView(texts, { title: texts.setup.title, blocks }), lines.join('\n'));
    } catch (error) {
      const words = errorText(texts, error, log);
      await show(errorView(texts, words), words);
    }
  }

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

  const explainRefusal: ExplainRefusal = async ({ refusal, texts }) => {
    switch (refusal.kind) {
      case 'guest':
        return texts.errors.guest;
      case 'stranger':
        return texts.errors.stranger;
      case 'notInOrganization':
        return texts.errors.notInOrganization(refusal.founders);
      case 'notSetUp': {
        if (!refusal.profile.admin) return texts.setup.askAdmin(await adminMentions());
        return { title: texts.setup.title, blocks: offer(texts, workspaceName()) };
      }
    }
  };
  return { explainRefusal, register: (listeners) => listeners.unidentified(ACTIONS.setUp, confirm) };
}
