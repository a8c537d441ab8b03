import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fieldProblem, type PersonField } from '../../engine/core/personDetails.ts';
import { EngineError, type EngineErrorCode } from '../../engine/errors.ts';
import { createPerson, editPerson } from '../../engine/operations/personDetails.ts';
import { personCard } from '../../engine/readModels/people.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import { errorText } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOption, chosenUser, typedText, type Values } from '../kit/payloads.ts';
import { noteOf, personState, SCREENS } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import { escapeText } from '../kit/text.ts';
import type { LinkAccount } from './linkAccount.ts';
import { personFormView } from './personFormView.ts';

const INPUTS: Record<PersonField, string> = {
  code: ACTIONS.personCode,
  name: ACTIONS.personName,
  email: ACTIONS.personEmail,
  structure: ACTIONS.personStructure,
};

/** Refusals of the engine that belong beside an input. */
const BESIDE: Partial<Record<EngineErrorCode, string>> = {
  code_taken: ACTIONS.personCode,
  unknown_structure: ACTIONS.personStructure,
};

/** Creating a person, and changing name, e-mail and structure of one. */
export function registerForm(accounts: { link: LinkAccount }): Feature {
  return ({ engine, screens, listeners, onOperation }) => {
    screens.register(SCREENS.editPerson, async ({ actor, texts }, { userId }) => {
      requireMay(actor, 'manage_catalog');
      return personFormView(texts, userId === null ? null : await personCard(engine, actor, userId));
    });
    listeners.action(ACTIONS.newPerson, { opens: true, value: z.unknown() }, ({ stage }) =>
      stage.show(SCREENS.editPerson, { userId: null, key: randomUUID() }),
    );
    listeners.action(
      ACTIONS.editPerson,
      { opens: true, value: z.object({ userId: z.number().int() }) },
      ({ stage, view }, { userId }) => {
        const base = stateOf(SCREENS.person, view) ?? personState(userId);
        return stage.show(SCREENS.editPerson, { userId, key: randomUUID(), base });
      },
    );
    listeners.suggestions(ACTIONS.personStructure, async ({ actor }, typed) => {
      const { structures } = await searchAs(engine, actor).structures(typed, { offset: 0, limit: 100 });
      return structures.map(({ code, name }) => option(`${code} · ${name}`, code));
    });

    listeners.submission(SCREENS.editPerson, async (interaction, { userId, key, base }): Promise<Submitted> => {
      const { identity, stage, values, whisper } = interaction;
      const { actor, texts } = identity;
      requireMay(actor, 'manage_catalog');
      const details = detailsOf(values);
      const errors = fieldErrors(identity, details, userId === null);
      if (Object.keys(errors).length > 0) return { errors };
      const { created, saved, savedTold } = texts.people.card.done;
      // Written before the window is answered, so that a refusal can stand beside its input
      try {
        if (userId === null) {
          const { outcome } = await createPerson(engine, { actor, key, details });
          const slackUserId = chosenUser(values, ACTIONS.personAccount);
          return {
            close: true,
            work: async () => {
              const told = [created(escapeText(details.name))];
              if (slackUserId) told.push(await accounts.link(identity, { userId: outcome.userId, slackUserId }));
              const note = noteOf(told.join(' '));
              const state = { ...personState(outcome.userId), note };
              if (!(await stage.refreshBelow(SCREENS.person, state))) await whisper(note);
            },
          };
        }
        const { outcome } = await editPerson(engine, { actor, key, userId, details });
        onOperation();
        const note = outcome.accessChanges ? savedTold : saved;
        return {
          close: true,
          work: async () => {
            const state = { ...(base ?? personState(userId)), note };
            if (!(await stage.refreshBelow(SCREENS.person, state))) await whisper(note);
          },
        };
      } catch (error) {
        const input = error instanceof EngineError ? BESIDE[error.code as EngineErrorCode] : undefined;
        if (input === undefined) throw error;
        return { errors: { [input]: errorText(texts, error, () => undefined) } };
      }
    });
  };
}

function detailsOf(values: Values): Record<PersonField, string> {
  return {
    code: typedText(values, ACTIONS.personCode),
    name: typedText(values, ACTIONS.personName),
    email: typedText(values, ACTIONS.personEmail),
    structure: chosenOption(values, ACTIONS.personStructure) ?? '',
  };
}

function fieldErrors(
  { texts }: Identity,
  details: Record<PersonField, string>,
  isNew: boolean,
): Record<string, string> {
  const fields = (Object.keys(INPUTS) as PersonField[]).filter((field) => isNew || field !== 'code');
  return Object.fromEntries(
    fields.flatMap((field) => {
      const problem = fieldProblem(field, details[field]);
      return problem ? [[INPUTS[field], texts.people.fields[field][problem]]] : [];
    }),
  );
}
