import { EngineError } from '../../engine/errors.ts';
import { shortageOf } from '../../engine/operations/approvers.ts';
import { createRequest } from '../../engine/operations/createRequest.ts';
import { isRequestable, readRequestedCommand } from '../../engine/operations/requestableKinds.ts';
import { approversFor, policyOf } from '../../engine/readModels/requests.ts';
import { ASK_DRAFT, AskDraft, confirmedWords } from '../kit/approvals.ts';
import { draftsOf } from '../kit/drafts.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOptions, typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { askView } from './askView.ts';

/** Asking for approval of what was confirmed, with a reason; a founder can do it at once instead (DOMAIN 6). */
export const registerAsk: Feature = ({ engine, approvals, screens, listeners, onOperation }) => {
  const drafts = draftsOf(engine, ASK_DRAFT, AskDraft);

  screens.register(SCREENS.askApproval, async (identity, { draft: id }) => {
    const draft = await drafts.get(identity, id);
    const policy = await policyOf(engine, identity.actor, draft.packageNumber);
    const approvers = await approversFor(approvals.context, identity.actor, policy);
    return askView(identity.texts, {
      what: await confirmedWords(engine, identity, draft),
      ...{ policy, approvers },
      shortage: shortageOf(policy.stages, approvers),
      founder: identity.actor.founder,
    });
  });

  listeners.submission(SCREENS.askApproval, async ({ identity, stage, values }, state): Promise<Submitted> => {
    const { actor, texts } = identity;
    const words = texts.requests.ask;
    const draft = await drafts.get(identity, state.draft);
    const reason = typedText(values, ACTIONS.requestReason);
    if (reason === '') return { errors: { [ACTIONS.requestReason]: texts.errors.reason_needed } };
    const what = await confirmedWords(engine, identity, draft);
    const { kind: stored, key } = draft;
    if (!isRequestable(stored)) throw new EngineError('draft_lost', {});
    const kind = stored;
    const { command: wanted, run } = readRequestedCommand(kind, draft.command);
    async function doIt(): Promise<[title: string, done: string]> {
      if (chosenOptions(values, ACTIONS.breakGlass).includes('yes')) {
        await run(engine, { actor, key, breakGlass: reason });
        return [words.brokeTitle, words.broke(what)];
      }
      const { outcome } = await createRequest(approvals.context, { kind, wanted, reason, actor, key });
      return [words.title, words.done(outcome.requestId, what)];
    }
    return {
      work: async () => {
        const [title, done] = await doIt();
        await drafts.forget(identity, state.draft);
        onOperation();
        await stage.notice(title, done);
      },
    };
  });
};
