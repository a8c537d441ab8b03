import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { listPackages, resolvePackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS, PEOPLE_INPUTS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOption } from '../kit/payloads.ts';
import { findMentioned, splitPackageAndPerson } from '../kit/people.ts';
import { showPeople, startPeople } from '../kit/peopleChoice.ts';
import { listenToPeople } from '../kit/peopleListeners.ts';
import { answerPeople, choiceDrafts } from '../kit/peopleSubmission.ts';
import { personOption } from '../kit/personOption.ts';
import { drawingOf, SCREENS } from '../kit/screenRefs.ts';
import { readUntil } from '../kit/untilInput.ts';
import { AssignDraft } from './assignDraft.ts';
import { assignView } from './assignView.ts';
import { registerPreflight } from './registerPreflight.ts';

/** Assigning a package to one or many people: which package and whom; {@link registerPreflight} goes on (DOMAIN 4). */
export const registerAssign: Feature = (kit) => {
  const { engine, screens, listeners, subcommands } = kit;
  const drafts = draftsOf(engine, 'assign', AssignDraft);
  registerPreflight(kit, drafts);

  screens.register(SCREENS.assign, async (identity, { number, userIds, chosen, wanted, until, note }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'assign_packages');
    const packageOf = async (of: number | null) => (of === null ? null : resolvePackage(engine, actor, String(of)));
    const pack = await packageOf(number);
    if (pack?.state === 'disabled') throw new EngineError('package_disabled', { number: pack.number, name: pack.name });
    const choice = chosen === undefined ? startPeople(userIds) : await choiceDrafts(kit).get(identity, chosen);
    const shown = await showPeople(engine, actor, choice);
    return assignView(texts, {
      pack,
      wanted: await packageOf(wanted ?? null),
      shown,
      until,
      note,
      drawing: drawingOf(chosen),
    });
  });

  subcommands.add({
    name: 'assign',
    help: 'assign',
    needs: 'assign_packages',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const { pack, person } = splitPackageAndPerson(rest);
      const number = pack ? (await resolvePackage(engine, identity.actor, pack)).number : null;
      const userIds = person ? [(await findMentioned(engine, identity, person)).userId] : [];
      await stage.show(SCREENS.assign, { number, userIds });
    },
  });

  listeners.action(
    ACTIONS.assign,
    { opens: true, value: z.object({ number: z.number().int().optional(), userId: z.number().int().optional() }) },
    ({ stage }, { number, userId }) =>
      stage.show(SCREENS.assign, {
        ...{ number: number ?? null, userIds: userId === undefined ? [] : [userId] },
        ...(userId !== undefined && { detailsOf: userId }),
      }),
  );
  listeners.suggestions(ACTIONS.assignPackage, async ({ actor }, text) => {
    const { packages } = await listPackages(engine, actor, { text, offset: 0, limit: 100 });
    const active = packages.filter(({ state }) => state === 'active');
    return active.map(({ number, name }) => option(`package:${number} ${name}`, String(number)));
  });
  listeners.suggestions(ACTIONS.assignPeople, async ({ actor }, text) =>
    (await searchAs(engine, actor).people(text, 100)).map(personOption),
  );

  listenToPeople(kit, PEOPLE_INPUTS.assign);

  listeners.submission(SCREENS.assign, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, values } = interaction;
    requireMay(identity.actor, 'assign_packages');
    const number = state.number ?? Number(chosenOption(values, ACTIONS.assignPackage));
    const { until, errors } = readUntil(values, identity, engine.now());
    if (Object.keys(errors).length > 0) return { errors };
    const question = { inputs: PEOPLE_INPUTS.assign, memberOf: null };
    return answerPeople(kit, interaction, question, {
      async proceed({ userIds, leftOut }) {
        const id = randomUUID();
        const people = { userIds, leftOut, until };
        await drafts.save(identity, id, { number, ...people, keepPackage: false, exceptions: [], planHash: '' });
        // Closed meanwhile: nothing was to happen yet
        await stage.replace(SCREENS.preflight, {
          ...{ draft: id, page: 0, revision: 0, moved: false },
          ...(state.detailsOf !== undefined && { detailsOf: state.detailsOf }),
        });
      },
      askAgain: ({ draft, note }) =>
        stage.replace(SCREENS.assign, {
          ...state,
          chosen: draft,
          note,
          until: until ?? undefined,
          ...(state.number === null && { wanted: number }),
        }),
    });
  });
};
