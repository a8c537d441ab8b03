import { z } from 'zod';
import { mayDo } from '../../engine/core/metaPermissions.ts';
import { explainAccess, resolveApplication } from '../../engine/readModels/accessExplanation.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { InputError } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import { findMentioned, withoutMention } from '../kit/people.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getBehind, getState, type OpenView, screenBehind } from '../kit/screens.ts';
import { whyView } from './whyView.ts';

/** Why: one answer to "it was granted, but they still cannot get in", for a person and an application. */
export const registerWhy: Feature = ({ engine, screens, listeners, subcommands, command }) => {
  screens.register(SCREENS.why, async ({ actor, texts }, { userId, applicationId, ...shown }) =>
    whyView(texts, actor, await explainAccess(engine, actor, userId, applicationId), shown),
  );

  /**
   * Whom and what was asked about: a mention or a personal code and then the application; the application alone asks
   * about oneself, which everybody may.
   */
  async function asked(identity: Identity, typed: string): Promise<{ userId: number; application: string }> {
    const { actor } = identity;
    const { mention, rest } = withoutMention(typed);
    if (mention) return { userId: (await findMentioned(engine, identity, mention)).userId, application: rest };
    const [, code = '', others = ''] = /^(\S+)\s+(.+)$/s.exec(rest) ?? [];
    const person = code && mayDo(actor, 'view') ? await searchAs(engine, actor).person({ code }) : null;
    return person ? { userId: person.userId, application: others } : { userId: actor.userId, application: rest };
  }

  subcommands.add({
    name: 'why',
    help: 'why',
    needs: null,
    opensModal: true,
    async run({ identity, stage }, rest) {
      const { userId, application } = await asked(identity, rest);
      if (application === '') {
        const [usage] = identity.texts.help.commands.why;
        throw new InputError(identity.texts.errors.usage(`${command} ${usage}`));
      }
      const { id: applicationId } = await resolveApplication(engine, identity.actor, application);
      await stage.show(SCREENS.why, { userId, applicationId, page: 0 });
    },
  });

  // It takes the place of the window that asked, and leads back: a stack holds three, and what fixes a point needs one
  // more
  listeners.action(
    ACTIONS.openWhy,
    {
      opens: 'fromOutside',
      value: z.object({ userId: z.number().int(), applicationId: z.number().int(), from: z.number().int().optional() }),
    },
    ({ stage, view }, { from, ...asked }) => {
      const details = from !== undefined && {
        screen: SCREENS.details.id,
        state: { number: from, userId: asked.userId },
      };
      const back = screenBehind(view) || details;
      return stage.show(SCREENS.why, { ...asked, page: 0, ...(back && { back }), full: isThird(view) });
    },
  );
  listeners.action(ACTIONS.whyBack, { value: z.unknown() }, async ({ stage, view }) => {
    const { back } = getState(SCREENS.why, view);
    if (!back) return;
    const { screen, state } = getBehind(back);
    await stage.replace(screen, state);
  });
  listeners.action(/^why_page_/, { value: z.object({ page: z.number().int().min(0) }) }, ({ stage, view }, { page }) =>
    stage.replace(SCREENS.why, { ...getState(SCREENS.why, view), page }),
  );
};

/** Whether no other window can be opened over this one: Slack stacks three. */
function isThird(view: OpenView | undefined): boolean {
  const below = view?.previous_view_id;
  return Boolean(below && view?.root_view_id && below !== view.root_view_id);
}
