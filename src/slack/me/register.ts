import { z } from 'zod';
import { ownAccess, ownMemberships } from '../../engine/readModels/access.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { meView } from './meView.ts';

/** What a person has themselves: packages and effective access. Anyone may see their own. */
export const registerMe: Feature = ({ engine, screens, listeners, subcommands }) => {
  screens.register(SCREENS.me, async ({ actor, texts }) =>
    meView(texts, actor, {
      memberships: await ownMemberships(engine, actor),
      ...(await ownAccess(engine, actor)),
    }),
  );
  subcommands.add({
    name: 'me',
    help: 'me',
    needs: null,
    opensModal: true,
    run: ({ stage }) => stage.show(SCREENS.me, {}),
  });
  listeners.action(ACTIONS.openMe, { opens: true, value: z.unknown() }, ({ stage }) => stage.show(SCREENS.me, {}));
};
