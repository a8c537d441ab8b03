import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { transferFounder } from '../../engine/operations/transferFounder.ts';
import { showAdministrator } from '../../engine/readModels/administrators.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import { chosenOption, chosenOptions } from '../kit/payloads.ts';
import { personOption } from '../kit/personOption.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import { founderReviewView, foundersView } from './foundersView.ts';

/** Founders: naming another one, stepping down, or both (the transfer). */
export const registerFounders: Feature = ({ engine, screens, listeners, onOperation }) => {
  screens.register(SCREENS.founders, async ({ actor, texts }) => {
    requireFounder({ actor });
    return foundersView(texts);
  });
  screens.register(SCREENS.founderReview, async ({ actor, texts }, { toUserId, stepDown }) => {
    requireFounder({ actor });
    const named = toUserId === null ? null : (await showAdministrator(engine, actor, toUserId)).person;
    if (!stepDown) return founderReviewView(texts, { named, kept: null });
    const { held } = await showAdministrator(engine, actor, actor.userId);
    return founderReviewView(texts, { named, kept: held.map(({ metaPermission }) => metaPermission) });
  });

  listeners.action(ACTIONS.openFounders, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.founders, {}),
  );
  listeners.suggestions(ACTIONS.founderPerson, async (identity, typed) => {
    requireFounder(identity);
    const found = await searchAs(engine, identity.actor).people(typed, 100);
    return found.filter(({ founder, slackUserId }) => !founder && slackUserId).map(personOption);
  });
  listeners.submission(SCREENS.founders, async ({ identity, values }) => {
    requireFounder(identity);
    const chosen = chosenOption(values, ACTIONS.founderPerson);
    const toUserId = chosen === null ? null : z.coerce.number().int().parse(chosen);
    const stepDown = chosenOptions(values, ACTIONS.founderStepsDown).includes('yes');
    if (toUserId === null && !stepDown) return { errors: { [ACTIONS.founderPerson]: identity.texts.founders.nothing } };
    const state = { toUserId, stepDown, key: randomUUID() };
    return { drawn: await screens.draw(identity, SCREENS.founderReview, state) };
  });
  listeners.submission(SCREENS.founderReview, async ({ identity, stage, whisper }, { toUserId, stepDown, key }) => ({
    close: true,
    work: async () => {
      const { actor, texts } = identity;
      const { outcome } = await transferFounder(engine, { actor, key, toUserId, stepDown });
      onOperation();
      const { done, steppedDown } = texts.founders;
      const note = [...(outcome.name ? [done(escapeText(outcome.name))] : []), ...(stepDown ? [steppedDown] : [])];
      const said = note.join(' ');
      // Whoever stepped down may not see the settings any more
      const shown = !stepDown && (await stage.refreshBelow(SCREENS.settings, { page: 0, note: said }));
      if (!shown) await whisper(said);
    },
  }));
};

function requireFounder({ actor }: Pick<Identity, 'actor'>): void {
  if (!actor.founder) throw new EngineError('founders_only', {});
}
