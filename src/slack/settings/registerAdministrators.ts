import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { META_PERMISSIONS } from '../../engine/core/metaPermissions.ts';
import { EngineError } from '../../engine/errors.ts';
import { setMetaPermissions } from '../../engine/operations/setMetaPermissions.ts';
import { showAdministrator } from '../../engine/readModels/administrators.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import { chosenOption, chosenOptions } from '../kit/payloads.ts';
import { personOption } from '../kit/personOption.ts';
import { noteOf, SCREENS } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import { addAdministratorView, administratorView } from './administratorView.ts';

const Rights = z.array(z.enum(META_PERMISSIONS));

/** Who may do what: choosing a person, and the rights they hold. */
export const registerAdministrators: Feature = ({ engine, screens, listeners }) => {
  screens.register(SCREENS.addAdministrator, async ({ actor, texts }) => {
    requireMay(actor, 'administer');
    return addAdministratorView(texts);
  });
  screens.register(SCREENS.administrator, async ({ actor, texts }, { userId, moved }) =>
    administratorView(texts, { ...(await showAdministrator(engine, actor, userId)), moved }),
  );

  /** The form's state: what it shows is what a confirmation is compared with. */
  async function formOf({ actor }: Identity, userId: number, moved = false) {
    const { held } = await showAdministrator(engine, actor, userId);
    return { userId, shown: held.map(({ metaPermission }) => metaPermission), key: randomUUID(), moved };
  }

  listeners.action(ACTIONS.addAdministrator, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.addAdministrator, {}),
  );
  listeners.suggestions(ACTIONS.administratorPerson, async ({ actor }, typed) => {
    requireMay(actor, 'administer');
    return (await searchAs(engine, actor).people(typed, 100)).map(personOption);
  });
  listeners.submission(SCREENS.addAdministrator, async ({ identity, values }) => {
    const userId = Number(chosenOption(values, ACTIONS.administratorPerson) ?? 'none');
    if (!Number.isInteger(userId)) {
      return { errors: { [ACTIONS.administratorPerson]: identity.texts.administrator.chooseNeeded } };
    }
    return { drawn: await screens.draw(identity, SCREENS.administrator, await formOf(identity, userId)) };
  });
  listeners.action(
    ACTIONS.openAdministrator,
    { opens: true, value: z.object({ userId: z.number().int() }) },
    async ({ identity, stage }, { userId }) => stage.show(SCREENS.administrator, await formOf(identity, userId)),
  );

  listeners.submission(SCREENS.administrator, async ({ identity, stage, values, whisper }, { userId, shown, key }) => {
    const { actor, texts } = identity;
    const { person } = await showAdministrator(engine, actor, userId);
    const metaPermissions = Rights.parse([
      ...chosenOptions(values, ACTIONS.packageRights),
      ...chosenOptions(values, ACTIONS.organizationRights),
    ]);
    try {
      const { outcome } = await setMetaPermissions(engine, { actor, key, userId, metaPermissions, shown });
      const note = noteOf(texts.settings.changed(escapeText(person.name), outcome.granted, outcome.revoked));
      return {
        close: true,
        work: async () => {
          // Whoever gave up the right to administer sees no settings any more
          const sees = userId !== actor.userId || metaPermissions.includes('administer');
          if (!(sees && (await stage.refreshBelow(SCREENS.settings, { page: 0, note })))) await whisper(note);
        },
      };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { last_administrator, nothing_changed } = texts.errors;
      if (error.code === 'last_administrator') return { errors: { [ACTIONS.organizationRights]: last_administrator } };
      if (error.code === 'nothing_changed') return { errors: { [ACTIONS.organizationRights]: nothing_changed } };
      if (error.code !== 'plan_changed') throw error;
      return { drawn: await screens.draw(identity, SCREENS.administrator, await formOf(identity, userId, true)) };
    }
  });
};
