import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { grantPermission } from '../../engine/operations/grantPermission.ts';
import type { WantedGrant } from '../../engine/operations/planGrant.ts';
import { type PlannedGrant, previewGrant } from '../../engine/readModels/manualGrants.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { noteOf, packageState, SCREENS } from '../kit/screenRefs.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue } from '../kit/wording.ts';
import { confirmView } from './confirmView.ts';
import { baseOf, createGrantFlow } from './grantFlow.ts';

/** What a change by hand will do, and saving it; disabling and enabling begin here. */
export const registerGrant: Feature = ({ engine, screens, listeners, approvals, onOperation }) => {
  const { wantedOf, planned } = createGrantFlow(engine);

  screens.register(SCREENS.confirmGrant, async (identity, state) => {
    const { kind } = state.change;
    const editable = state.change.kind === 'set' && state.change.form !== null;
    const plan = await previewGrant(engine, identity.actor, await wantedOf(identity, state));
    return confirmView(identity.texts, { planned: plan, kind, editable, moved: state.moved });
  });

  for (const [actionId, kind] of [
    [ACTIONS.disableGrant, 'disable'],
    [ACTIONS.enableGrant, 'enable'],
  ] as const) {
    listeners.action(
      actionId,
      { opens: true, value: z.object({ permissionId: z.number().int() }) },
      async ({ identity, stage, view }, target) => {
        const asked = { ...target, change: { kind }, base: baseOf(view) };
        await stage.show(SCREENS.confirmGrant, await planned(identity, asked));
      },
    );
  }

  listeners.submission(SCREENS.confirmGrant, async ({ identity, stage, whisper }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    const { key, planHash, base } = state;
    // The plan is compared before the window is answered, so that a moved world can be shown in it
    const wanted = await wantedOf(identity, state);
    const preview = await previewGrant(engine, actor, wanted);
    if (preview.plan.hash !== planHash) {
      const moved = { ...state, key: randomUUID(), planHash: preview.plan.hash, moved: true };
      return { drawn: await screens.draw(identity, SCREENS.confirmGrant, moved) };
    }
    const confirmed = { kind: 'grant_permission', packageNumber: null, key, command: { ...wanted, planHash } } as const;
    const { permission } = preview;
    const diverted = await approvals.divert(identity, { ...confirmed, people: 1, permission });
    if (diverted) return diverted;
    async function save(): Promise<string> {
      try {
        await grantPermission(engine, { actor, key, planHash, ...wanted });
        onOperation();
        return doneText(texts, preview, wanted.change.kind);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
        return texts.manage.movedUnseen;
      }
    }
    return {
      close: true,
      work: async () => {
        const note = noteOf(await save());
        if (!(await stage.refreshBelow(SCREENS.manage, { ...base, note }))) await whisper(note);
        if (base.from !== undefined) {
          await stage.refreshRoot(SCREENS.package, { ...packageState(base.from), tab: 'active' });
        }
      },
    };
  });
};

function doneText(texts: Texts, { permission, plan }: PlannedGrant, kind: WantedGrant['change']['kind']): string {
  const label = describePermission(texts, permission);
  return texts.manage.done[kind](label, describeValue(texts, plan.row.value, plan.row.param));
}
