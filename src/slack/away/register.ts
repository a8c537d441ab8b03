import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayIn } from '../../engine/core/zonedDay.ts';
import { EngineError } from '../../engine/errors.ts';
import { delegate, endDelegation } from '../../engine/operations/delegation.ts';
import { LONGEST_DELEGATION, showDelegations } from '../../engine/readModels/delegations.ts';
import type { Feature } from '../kit/feature.ts';
import { besideField } from '../kit/fieldError.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { chosenDay, chosenUser, typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import type { Texts } from '../kit/texts/index.ts';
import { awayView, delegateView } from './awayView.ts';

const Page = z.object({ page: z.number().int().min(0) });

/** While I am away: handing one's say in approvals to a colleague, and taking it back (DOMAIN 6). */
export const registerAway: Feature = ({ engine, screens, listeners, subcommands }) => {
  screens.register(SCREENS.away, async ({ actor, texts }, { page, note }) => {
    const load = (wanted: number) => showDelegations(engine, actor, { offset: wanted * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await load(page);
    const last = pageOf(page, found.everybody?.total ?? 0).page;
    const delegations = last === page ? found : await load(last);
    return awayView(texts, actor, { delegations, page: last, now: engine.now(), note });
  });
  screens.register(SCREENS.delegate, async ({ texts, organization: { timeZone } }) => {
    const today = dayIn(engine.now(), timeZone);
    return delegateView(texts, { today, longest: LONGEST_DELEGATION, timeZone });
  });

  subcommands.add({
    name: 'away',
    help: 'away',
    needs: null,
    opensModal: true,
    run: ({ stage }) => stage.show(SCREENS.away, { page: 0 }),
  });
  listeners.action(/^away_page_/, { value: Page }, ({ stage }, { page }) => stage.replace(SCREENS.away, { page }));
  listeners.action(ACTIONS.delegate, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.delegate, { key: randomUUID() }),
  );
  listeners.action(
    ACTIONS.endDelegation,
    { value: z.object({ delegationId: z.number().int() }) },
    async ({ identity: { actor, texts }, stage }, { delegationId }) => {
      await endDelegation(engine, { actor, key: randomUUID(), delegationId });
      await stage.replace(SCREENS.away, { page: 0, note: texts.away.ended });
    },
  );

  listeners.submission(SCREENS.delegate, async ({ identity, stage, values, whisper }, { key }) => {
    const { actor, texts } = identity;
    const slackUserId = chosenUser(values, ACTIONS.delegatePerson);
    const [from, to] = [chosenDay(values, ACTIONS.delegateFrom), chosenDay(values, ACTIONS.delegateUntil)];
    if (slackUserId === null || from === null || to === null) {
      return {
        errors: {
          ...(slackUserId === null && { [ACTIONS.delegatePerson]: texts.away.personNeeded }),
          ...(from === null && { [ACTIONS.delegateFrom]: texts.away.dayNeeded }),
          ...(to === null && { [ACTIONS.delegateUntil]: texts.away.dayNeeded }),
        },
      };
    }
    const reason = typedText(values, ACTIONS.delegateReason);
    try {
      await delegate(engine, { actor, key, slackUserId, from, to, reason });
    } catch (error) {
      return refusal(texts, error);
    }
    const note = texts.away.saved(`<@${slackUserId}>`);
    return {
      close: true,
      work: async () => {
        if (!(await stage.refreshBelow(SCREENS.away, { page: 0, note }))) await whisper(note);
      },
    };
  });
};

/** Why a delegation was refused, beside the input that it is about. */
function refusal(texts: Texts, error: unknown): { errors: Record<string, string> } {
  if (error instanceof EngineError && error.code === 'invalid_delegation') {
    const { problem } = (error as EngineError<'invalid_delegation'>).details;
    const field = problem === 'self' ? ACTIONS.delegatePerson : ACTIONS.delegateUntil;
    return { errors: { [field]: texts.away.errors[problem] } };
  }
  return besideField(texts, error, {
    user_not_found: ACTIONS.delegatePerson,
    person_left: ACTIONS.delegatePerson,
  });
}
