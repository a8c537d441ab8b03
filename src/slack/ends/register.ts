import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { mayDo } from '../../engine/core/metaPermissions.ts';
import { dayIn } from '../../engine/core/zonedDay.ts';
import { EngineError } from '../../engine/errors.ts';
import { changeEnd } from '../../engine/operations/changeEnd.ts';
import { createRequest } from '../../engine/operations/createRequest.ts';
import { memberEnd } from '../../engine/readModels/assignmentEnds.ts';
import type { Feature } from '../kit/feature.ts';
import { besideField } from '../kit/fieldError.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenDay, typedText } from '../kit/payloads.ts';
import { SCREENS, type ScreenState } from '../kit/screenRefs.ts';
import { endView } from './endView.ts';

type State = ScreenState<typeof SCREENS.changeEnd>;

/** Beside which input a refusal of the engine stands. */
const FIELDS = {
  end_in_the_past: ACTIONS.endDay,
  reason_needed: ACTIONS.endReason,
  too_few_approvers: ACTIONS.endReason,
  person_left: ACTIONS.endDay,
};

/** The end of an assignment: changing it, or asking for a later one where others decide. */
export const registerEnds: Feature = ({ engine, approvals, screens, listeners, onOperation }) => {
  screens.register(SCREENS.changeEnd, async ({ actor, texts, organization }, { number, userId, asks, day, moved }) => {
    const member = await memberEnd(engine, actor, { number, userId });
    const { endsAt } = member;
    const last = endsAt && dayIn(new Date(endsAt.getTime() - 1), organization.timeZone);
    return endView(texts, { member, day: day ?? last, asks, moved });
  });

  /** The form as it is first shown: to whoever may not assign, it asks. */
  async function begin({ actor }: Identity, number: number, userId: number): Promise<State> {
    const { endsAt } = await memberEnd(engine, actor, { number, userId });
    const asks = mayDo(actor, 'assign_packages') ? null : ('own' as const);
    const shown = endsAt?.toISOString() ?? null;
    return { number, userId, key: randomUUID(), shown, asks, moved: false };
  }

  const Member = z.object({ number: z.number().int().positive(), userId: z.number().int() });
  listeners.action(ACTIONS.changeEnd, { opens: true, value: Member }, async ({ identity, stage }, member) =>
    stage.show(SCREENS.changeEnd, await begin(identity, member.number, member.userId)),
  );
  listeners.action(
    ACTIONS.askLonger,
    { opens: true, value: Member.pick({ number: true }) },
    async ({ identity, stage }, { number }) =>
      stage.show(SCREENS.changeEnd, await begin(identity, number, identity.actor.userId)),
  );

  listeners.submission(SCREENS.changeEnd, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, values, whisper } = interaction;
    const { actor, texts } = identity;
    const { number, userId, key, shown, asks } = state;
    const until = chosenDay(values, ACTIONS.endDay);
    if (asks === 'own' && until === null) return { errors: { [ACTIONS.endDay]: texts.ends.dayNeeded } };
    const wanted = { number, userId, until, shown };
    try {
      if (asks === null) {
        await changeEnd(engine, { actor, key, ...wanted });
        onOperation();
        return done(texts.ends.saved);
      }
      const reason = typedText(values, ACTIONS.endReason);
      const request = { kind: 'change_end' as const, wanted, reason, selfService: asks === 'own' };
      const { outcome } = await createRequest(approvals.context, { actor, key, ...request });
      onOperation();
      return done(texts.ends.asked(outcome.requestId));
    } catch (error) {
      const code = error instanceof EngineError ? error.code : '';
      if (code === 'approval_needed') {
        const asking: State = {
          ...state,
          key: randomUUID(),
          asks: 'approval',
          ...(until !== null && { day: until }),
        };
        return { drawn: await screens.draw(identity, SCREENS.changeEnd, asking) };
      }
      if (code === 'plan_changed') {
        const again = { ...(await begin(identity, number, userId)), moved: true };
        return { drawn: await screens.draw(identity, SCREENS.changeEnd, again) };
      }
      if (code === 'nothing_changed') return { errors: { [ACTIONS.endDay]: texts.ends.same } };
      return besideField(texts, error, FIELDS);
    }

    /** Closes the form, and tells on the details below it, or in a message, what was done. */
    function done(note: string): Submitted {
      const work = async () => {
        const shownBelow =
          mayDo(actor, 'view') && (await stage.refreshBelow(SCREENS.details, { number, userId, note }));
        if (!shownBelow) await whisper(note);
      };
      return { close: true, work };
    }
  });
};
