import { z } from 'zod';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { userDetails } from '../../engine/readModels/userDetails.ts';
import { InputError } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { findMentioned, splitMention } from '../kit/people.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import { detailsView } from './detailsView.ts';

const Member = z.object({ number: z.number().int(), userId: z.number().int() });

/** User details: the live status of one person in a package. */
export const registerUserDetails: Feature = ({ engine, screens, listeners, subcommands, command }) => {
  screens.register(SCREENS.details, async ({ actor, texts }, { number, userId, note, page }) =>
    detailsView(texts, actor, await userDetails(engine, actor, number, userId), { note, page }),
  );

  subcommands.add({
    name: 'status',
    help: 'status',
    needs: 'view',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const { before, mention } = splitMention(rest);
      const [, wanted = '', code = ''] = /^(.*?)\s*(\S*)$/.exec(mention ? `${before} x` : before) ?? [];
      const person = mention ?? code;
      if (!wanted || !person) {
        const [usage] = identity.texts.help.commands.status;
        throw new InputError(identity.texts.errors.usage(`${command} ${usage}`));
      }
      const { number } = await resolvePackage(engine, identity.actor, wanted);
      const { userId } = await findMentioned(engine, identity, person);
      await stage.show(SCREENS.details, { number, userId });
    },
  });

  listeners.action(ACTIONS.openDetails, { opens: true, value: Member }, ({ stage }, member) =>
    stage.show(SCREENS.details, member),
  );
  listeners.action(
    /^details_page_/,
    { value: z.object({ page: z.number().int().min(0) }) },
    async ({ stage, view }, { page }) => {
      const state = stateOf(SCREENS.details, view);
      if (state) await stage.replace(SCREENS.details, { ...state, page, note: undefined });
    },
  );
};
