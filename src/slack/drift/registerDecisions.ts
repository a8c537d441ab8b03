import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SYNC_CONTROLS } from '../../engine/core/cellChoices.ts';
import { endOfDay } from '../../engine/core/zonedDay.ts';
import { EngineError } from '../../engine/errors.ts';
import { acceptDrift, endSnooze, snoozeDrift } from '../../engine/operations/driftSettings.ts';
import { syncPackage } from '../../engine/operations/syncPackage.ts';
import { brakeFor } from '../../engine/readModels/brake.ts';
import { previewAcceptance } from '../../engine/readModels/driftPage.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { approvalFor } from '../../engine/readModels/requests.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { previewSync } from '../../engine/readModels/sync.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { chosenDay, typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { packageName } from '../kit/wording.ts';
import { acceptView } from './acceptView.ts';

const Numbered = z.object({ number: z.number().int() });

const DAY_MS = 24 * 3_600_000;
const SNOOZES = { day: DAY_MS, week: 7 * DAY_MS };

const Snooze = z
  .string()
  .regex(/^\d{1,9}:(day|week)$/)
  .transform((text) => {
    const [number, length] = text.split(':');
    return { number: Number(number), ms: SNOOZES[length as keyof typeof SNOOZES] };
  });

/** What is decided about a package's drift: to sync it as usual, to hear of it later, or to accept it for a time. */
export const registerDecisions: Feature = ({ engine, screens, listeners, background, onOperation }) => {
  listeners.action(ACTIONS.driftSync, { value: Numbered }, async (interaction, { number }) => {
    const { actor, texts } = interaction.identity;
    requireMay(actor, 'sync_packages');
    const scope = { number, permissionId: null, userId: null };
    const choices = { kinds: [...SYNC_CONTROLS.defaults], text: '', exceptions: [] };
    const { plan, package: record } = await previewSync(engine, actor, scope, choices);
    const pack = packageName(texts, record);
    if (plan.written === 0) return interaction.whisper(texts.drift.sync.nothing(pack));
    const command = { ...scope, choices, planHash: plan.hash };
    const key = randomUUID();
    const policy = await approvalFor(engine, actor, { kind: 'sync_package', packageNumber: number });
    // What needs more than a click has its place where everything can be seen
    if (policy ?? (await brakeFor(engine, actor, { packageNumber: number, people: plan.losing }))) {
      return interaction.whisper(texts.drift.sync.review(pack));
    }
    if (background.takes(plan.people)) {
      return background.start(interaction, { kind: 'sync_package', key, command, people: plan.people, subject: pack });
    }
    const { outcome } = await syncPackage(engine, { ...command, actor, key });
    onOperation();
    await interaction.whisper(background.wordingOf('sync_package').done(texts, pack, outcome).join('\n'));
  });

  listeners.action(ACTIONS.driftSnooze, { value: Snooze }, async ({ identity, whisper }, { number, ms }) => {
    const { actor, texts } = identity;
    const until = new Date(engine.now().getTime() + ms);
    await snoozeDrift(engine, { actor, key: randomUUID(), number, until });
    onOperation();
    const pack = packageName(texts, await resolvePackage(engine, actor, String(number)));
    await whisper(texts.drift.snooze.done(pack, texts.moment(until)));
  });

  listeners.action(
    ACTIONS.driftWake,
    { value: Numbered },
    async ({ identity: { actor, texts }, stage }, { number }) => {
      await endSnooze(engine, { actor, key: randomUUID(), number });
      onOperation();
      await stage.replace(SCREENS.packageDrift, { number, note: texts.drift.wake.done });
    },
  );

  screens.register(SCREENS.acceptDrift, async ({ actor, texts }, { number, moved }) => {
    const { hash: _shown, ...preview } = await previewAcceptance(engine, actor, number);
    return acceptView(texts, { ...preview, moved });
  });
  listeners.action(ACTIONS.driftAccept, { opens: true, value: Numbered }, async ({ identity, stage }, { number }) => {
    const { hash } = await previewAcceptance(engine, identity.actor, number);
    await stage.show(SCREENS.acceptDrift, { number, key: randomUUID(), planHash: hash, moved: false });
  });
  listeners.submission(SCREENS.acceptDrift, async ({ identity, stage, values, whisper }, state) => {
    const { actor, texts, organization } = identity;
    const { number, key, planHash } = state;
    requireMay(actor, 'sync_packages');
    const day = chosenDay(values, ACTIONS.driftUntil);
    const reason = typedText(values, ACTIONS.driftReason);
    const { accept } = texts.drift;
    const until = day === null ? null : endOfDay(day, organization.timeZone);
    if (day === null || until === null || until <= engine.now()) {
      return { errors: { [ACTIONS.driftUntil]: texts.errors.invalid_until } };
    }
    if (reason === '') return { errors: { [ACTIONS.driftReason]: texts.errors.reason_needed } };
    return {
      work: async () => {
        try {
          const { outcome } = await acceptDrift(engine, { actor, key, number, until, reason, planHash });
          onOperation();
          const note = accept.done(outcome.cells, outcome.people, texts.day(day));
          await stage.notice(accept.title, note);
          await stage.refreshBelow(SCREENS.packageDrift, { number, note });
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
          const { hash } = await previewAcceptance(engine, actor, number);
          const again = { number, key: randomUUID(), planHash: hash, moved: true };
          if (!(await stage.replace(SCREENS.acceptDrift, again))) await whisper(accept.moved);
        }
      },
    };
  });
};
