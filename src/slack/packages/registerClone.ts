import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { mayDo } from '../../engine/core/metaPermissions.ts';
import { clonePackage } from '../../engine/operations/clonePackage.ts';
import { previewClone } from '../../engine/readModels/clonePreview.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { typedText } from '../kit/payloads.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { cloneExceptions, clonePackageView } from './clonePackageView.ts';
import { editedDetails } from './editForm.ts';

/** Copying a package: a new one with the same permissions and reference structures, and without its members. */
export const registerClone: Feature = ({ engine, screens, listeners }) => {
  screens.register(SCREENS.clonePackage, async ({ actor, texts }, { number }) =>
    clonePackageView(texts, await previewClone(engine, actor, number)),
  );

  listeners.action(
    ACTIONS.clonePackage,
    { opens: true, value: z.object({ number: z.number().int().positive() }) },
    async ({ identity, stage }, { number }) => {
      requireMay(identity.actor, 'define_packages');
      await stage.show(SCREENS.clonePackage, { number, key: randomUUID() });
    },
  );

  listeners.submission(SCREENS.clonePackage, async (interaction, { number, key }): Promise<Submitted> => {
    const { identity, stage, view, values, whisper } = interaction;
    const { actor, texts } = identity;
    requireMay(actor, 'define_packages');
    const typed = {
      name: typedText(values, ACTIONS.cloneName),
      description: typedText(values, ACTIONS.cloneDescription),
    };
    if (typed.name === '') return { errors: { [ACTIONS.cloneName]: texts.edit.nameNeeded } };
    const before = await resolvePackage(engine, actor, String(number));
    // A description too long for a form keeps its end
    const { name, description } = editedDetails({ ...before, structures: [] }, { ...typed, structures: [] });
    // The copy takes the place of what the form stood on, as a new package does
    const close = Boolean(view?.previous_view_id);
    return {
      close,
      work: async () => {
        const { outcome } = await clonePackage(engine, { actor, key, number, name, description });
        const done = texts.clone.done(outcome.number, number, outcome.permissions);
        const next = mayDo(actor, 'assign_packages') ? [texts.clone.assign] : [];
        const note = [done, ...cloneExceptions(texts, outcome), ...next].join('\n');
        const state = packageState(outcome.number, note);
        const shown = await (close
          ? stage.refreshBelow(SCREENS.package, state)
          : stage.replace(SCREENS.package, state));
        if (!shown) await whisper(note);
      },
    };
  });
};
