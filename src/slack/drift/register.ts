import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { requestDriftScan, setDriftChannel, setPackageDriftChannel } from '../../engine/operations/driftSettings.ts';
import { driftPage, driftTelling } from '../../engine/readModels/driftPage.ts';
import { packageDrift } from '../../engine/readModels/packageDrift.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { chosenChannel, typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { channelView } from './channelView.ts';
import { driftView } from './driftView.ts';
import { packageDriftView } from './packageDriftView.ts';
import { registerDecisions } from './registerDecisions.ts';

const Numbered = z.object({ number: z.number().int() });

/** Drift: the packages with any, one of them in detail, and where it is told (DOMAIN 6). */
export const registerDrift: Feature = (kit) => {
  const { engine, screens, listeners, subcommands } = kit;

  screens.register(SCREENS.drift, async ({ actor, texts }, { text, page, note }) => {
    const load = (wanted: number) => driftPage(engine, actor, { text, offset: wanted * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await load(page);
    const last = pageOf(page, found.total).page;
    return driftView(texts, actor, { found: last === page ? found : await load(last), text, page: last, note });
  });
  screens.register(SCREENS.packageDrift, async ({ actor, texts }, { number, note }) => {
    const drift = await packageDrift(engine, actor, number);
    const { channels, snoozedUntil } = await driftTelling(engine, actor, number);
    return packageDriftView(texts, actor, { drift, channels, snoozedUntil, note });
  });
  screens.register(SCREENS.driftChannel, async ({ actor, texts }, { number }) => {
    requireMay(actor, number === null ? 'administer' : 'define_packages');
    const { package: pack, channels } = await driftTelling(engine, actor, number);
    return channelView(texts, pack, number === null ? channels.organization : channels.package);
  });

  subcommands.add({
    name: 'drift',
    help: 'drift',
    needs: 'view',
    opensModal: true,
    run: ({ stage }, rest) => stage.show(SCREENS.drift, { text: rest.slice(0, 200), page: 0 }),
  });
  listeners.action(ACTIONS.openDrift, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.drift, { text: '', page: 0 }),
  );
  listeners.action(ACTIONS.driftBack, { value: z.unknown() }, ({ stage }) =>
    stage.replace(SCREENS.drift, { text: '', page: 0 }),
  );
  listeners.action(ACTIONS.driftFilter, { value: z.string() }, ({ stage }, text) =>
    stage.replace(SCREENS.drift, { text: text.slice(0, 200), page: 0 }),
  );
  // Inputs oblige a modal to have a submit button: it searches too
  listeners.submission(SCREENS.drift, async ({ identity, values }) => {
    const text = typedText(values, ACTIONS.driftFilter).slice(0, 200);
    return { drawn: await screens.draw(identity, SCREENS.drift, { text, page: 0 }) };
  });
  listeners.action(
    /^drift_page_/,
    { value: z.object({ page: z.number().int().min(0) }) },
    ({ stage, view }, { page }) => stage.replace(SCREENS.drift, { ...getState(SCREENS.drift, view), page }),
  );
  listeners.action(/^drift_package_open_\d/, { value: Numbered }, ({ stage }, { number }) =>
    stage.replace(SCREENS.packageDrift, { number }),
  );
  listeners.action(ACTIONS.driftScan, { value: z.unknown() }, async ({ identity, stage, view }) => {
    await requestDriftScan(engine, identity.actor);
    const state = getState(SCREENS.drift, view);
    await stage.replace(SCREENS.drift, { ...state, note: identity.texts.drift.scanning });
  });

  listeners.action(
    ACTIONS.driftChannel,
    { opens: true, value: z.object({ number: z.number().int().nullable() }) },
    ({ stage }, { number }) => stage.show(SCREENS.driftChannel, { number, key: randomUUID() }),
  );
  listeners.submission(SCREENS.driftChannel, async ({ identity, stage, values, whisper }, { number, key }) => {
    const { actor, texts } = identity;
    requireMay(actor, number === null ? 'administer' : 'define_packages');
    const channel = chosenChannel(values, ACTIONS.driftChannelChoice);
    return {
      close: true,
      work: async () => {
        const command = { actor, key, channel };
        if (number === null) await setDriftChannel(engine, command);
        else await setPackageDriftChannel(engine, { ...command, number });
        const note = texts.drift.channels.saved;
        const shown = await (number === null
          ? stage.refreshBelow(SCREENS.drift, { text: '', page: 0, note })
          : stage.refreshBelow(SCREENS.packageDrift, { number, note }));
        if (!shown) await whisper(note);
      },
    };
  });

  registerDecisions(kit);
};
