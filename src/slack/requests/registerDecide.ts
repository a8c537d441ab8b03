import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { decideRequest } from '../../engine/operations/decideRequest.ts';
import { cancelRequest, retryRequest } from '../../engine/operations/endRequest.ts';
import { showRequest } from '../../engine/readModels/requests.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { rejectView } from './rejectView.ts';
import { requestView } from './requestView.ts';

const About = z.object({ requestId: z.number().int(), revision: z.number().int().positive() });

/** One request: its details, and deciding about it from a message or from there. Each click is authorized anew. */
export const registerDecide: Feature = ({ approvals, screens, listeners, onOperation }) => {
  const { context } = approvals;

  screens.register(SCREENS.request, async ({ actor, texts }, { requestId, note }) =>
    requestView(texts, await showRequest(context, actor, requestId), note),
  );
  screens.register(SCREENS.rejectRequest, async ({ actor, texts }, { requestId }) =>
    rejectView(texts, await showRequest(context, actor, requestId)),
  );

  listeners.action(
    ACTIONS.openRequest,
    { opens: true, value: z.object({ requestId: z.number().int() }) },
    ({ stage }, { requestId }) => stage.show(SCREENS.request, { requestId }),
  );

  /** Draws the details again where the click came from them; a message is kept up to date anyway. */
  async function redraw({ stage, view }: Interaction, requestId: number, note: string): Promise<void> {
    if (view?.type === 'modal') await stage.replace(SCREENS.request, { requestId, note });
  }

  listeners.action(ACTIONS.approveRequest, { value: About }, async (interaction, about) => {
    const { identity } = interaction;
    const { actor, texts } = identity;
    try {
      const command = { actor, key: randomUUID(), ...about, decision: { kind: 'approve' } } as const;
      const { outcome } = await decideRequest(context, command);
      await redraw(interaction, about.requestId, texts.requests.decided[outcome.state]);
    } finally {
      // A plan that moved is told too
      onOperation();
    }
  });
  listeners.action(ACTIONS.rejectRequest, { opens: true, value: About }, ({ stage }, about) =>
    stage.show(SCREENS.rejectRequest, { ...about, key: randomUUID() }),
  );
  listeners.submission(SCREENS.rejectRequest, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, values } = interaction;
    const { actor, texts } = identity;
    const { requestId, revision, key } = state;
    const reason = typedText(values, ACTIONS.requestReason);
    if (reason === '') return { errors: { [ACTIONS.requestReason]: texts.requests.rejecting.needed } };
    return {
      close: true,
      work: async () => {
        const decision = { kind: 'reject', reason } as const;
        const { outcome } = await decideRequest(context, { actor, key, requestId, revision, decision });
        onOperation();
        await stage.refreshBelow(SCREENS.request, { requestId, note: texts.requests.decided[outcome.state] });
      },
    };
  });

  listeners.action(ACTIONS.cancelRequest, { value: About }, async (interaction, { requestId }) => {
    const { actor, texts } = interaction.identity;
    await cancelRequest(context, { actor, key: randomUUID(), requestId });
    onOperation();
    await redraw(interaction, requestId, texts.requests.cancelledDone);
  });
  listeners.action(ACTIONS.retryRequest, { value: About }, async (interaction, { requestId }) => {
    const { actor, texts } = interaction.identity;
    await retryRequest(context, { actor, key: randomUUID(), requestId });
    onOperation();
    await redraw(interaction, requestId, texts.requests.retried);
  });
};
