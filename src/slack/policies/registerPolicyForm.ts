import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type ApprovalPolicy, DEFAULT_POLICY, type Shortage } from '../../engine/core/approvalPolicy.ts';
import { EngineError } from '../../engine/errors.ts';
import { setPolicy } from '../../engine/operations/setPolicy.ts';
import {
  listPolicies,
  namePolicy,
  type PolicyPreview,
  previewPolicy,
  showPackagePolicy,
} from '../../engine/readModels/policies.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import { draftsOf } from '../kit/drafts.ts';
import { InputError } from '../kit/errorText.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { isNothingChanged } from '../kit/fieldError.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { personOption } from '../kit/personOption.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import type { Texts } from '../kit/texts/index.ts';
import { createUserGroups } from '../kit/userGroups.ts';
import { PolicyDraft, STAGE_INPUTS } from './policyDraft.ts';
import { policyFormView } from './policyFormView.ts';
import { policyReviewView } from './policyReviewView.ts';
import { namesText } from './policyText.ts';
import { readPolicyForm } from './readPolicyForm.ts';

const OfScope = z.object({ number: z.number().int().positive().nullable() });

/** Writing a policy: the form, a review with everybody who could approve today, and saving. */
export function registerPolicyForm(kit: FeatureKit, client: WebClient): void {
  const { engine, approvals, screens, listeners, onOperation } = kit;
  const drafts = draftsOf(engine, 'policy', PolicyDraft);
  const userGroups = createUserGroups(client, engine.now);

  const packageOf = async ({ actor }: Identity, number: number | null) =>
    number === null ? null : (await showPackagePolicy(engine, actor, number)).package;

  screens.register(SCREENS.policyForm, async (identity, { draft, revision }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'administer');
    const { policy, packageNumber } = await drafts.get(identity, draft);
    const groups = policy.stages.flatMap(({ approvers }) => approvers.slackUserGroupId ?? []);
    const named: [string, string][] = [];
    // A group that Slack does not tell stands with its id
    for (const id of groups) {
      const found = await userGroups.find(identity, id).catch(() => null);
      if (found) named.push([id, `${found.name} · @${found.handle}`]);
    }
    return policyFormView(texts, {
      named: await namePolicy(engine, actor, policy),
      package: await packageOf(identity, packageNumber),
      ...{ userGroups: new Map(named), revision },
    });
  });
  screens.register(SCREENS.policyReview, async (identity, { draft }) => {
    const { policy, packageNumber } = await drafts.get(identity, draft);
    const preview = await previewPolicy(approvals.context, identity.actor, policy);
    return policyReviewView(identity.texts, { preview, package: await packageOf(identity, packageNumber) });
  });

  /** What the form begins with: the policy there is, else the organization's, else one that demands nothing. */
  async function beginWith({ actor }: Identity, number: number | null): Promise<ApprovalPolicy> {
    if (number !== null) return (await showPackagePolicy(engine, actor, number)).governing?.policy ?? DEFAULT_POLICY;
    return (await listPolicies(engine, actor, { offset: 0, limit: 1 })).organization?.policy ?? DEFAULT_POLICY;
  }

  listeners.action(ACTIONS.editPolicy, { opens: true, value: OfScope }, async ({ identity, stage }, { number }) => {
    const draft = randomUUID();
    await drafts.save(identity, draft, { packageNumber: number, policy: await beginWith(identity, number) });
    await stage.show(SCREENS.policyForm, { draft, revision: 0 });
  });
  listeners.action(ACTIONS.backToPolicy, { value: z.unknown() }, async ({ stage, view }) => {
    const { draft, revision } = getState(SCREENS.policyReview, view);
    await stage.replace(SCREENS.policyForm, { draft, revision: revision + 1 });
  });
  for (const inputs of STAGE_INPUTS) {
    listeners.suggestions(inputs.people, async ({ actor }, typed) => {
      requireMay(actor, 'administer');
      const found = await searchAs(engine, actor).people(typed, 100);
      return found.filter(({ slackUserId }) => slackUserId !== null).map(personOption);
    });
    listeners.suggestions(inputs.userGroup, async (identity, typed) => {
      requireMay(identity.actor, 'administer');
      const found = await userGroups.search(identity, typed);
      return found.map(({ id, name, handle }) => option(`${name} · @${handle}`, id));
    });
  }

  listeners.submission(SCREENS.policyForm, async ({ identity, values }, { draft, revision }): Promise<Submitted> => {
    const { actor, texts } = identity;
    requireMay(actor, 'administer');
    const read = readPolicyForm(texts, values);
    if ('errors' in read) return read;
    const { policy } = read;
    try {
      const preview = await previewPolicy(approvals.context, actor, policy);
      if (preview.shortage) return { errors: shortageErrors(texts, preview, preview.shortage) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { errors: { [groupInput(policy)]: error.message } };
    }
    await drafts.change(identity, draft, (current) => ({ ...current, policy }));
    return { drawn: await screens.draw(identity, SCREENS.policyReview, { draft, revision }) };
  });

  listeners.submission(SCREENS.policyReview, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const { packageNumber, policy } = await drafts.get(identity, state.draft);
    const command = { actor, key: state.draft, packageNumber, policy };
    try {
      await setPolicy(approvals.context, command);
      onOperation();
    } catch (error) {
      // Who could approve has changed since it was drawn: it shows how it is now
      const isShort = error instanceof EngineError && error.code === 'too_few_approvers';
      if (isShort) return { drawn: await screens.draw(identity, SCREENS.policyReview, state) };
      if (!isNothingChanged(error)) throw error;
    }
    const note = texts.policies.saved;
    return {
      close: true,
      work: async () => {
        await drafts.forget(identity, state.draft);
        const shown = await (packageNumber === null
          ? stage.refreshBelow(SCREENS.policies, { page: 0, note })
          : stage.refreshBelow(SCREENS.packagePolicy, { number: packageNumber, note }));
        if (!shown) await whisper(note);
      },
    };
  });
}

/** The input that names a user group which Slack does not tell. */
function groupInput({ stages }: ApprovalPolicy): string {
  const index = stages[0]?.approvers.slackUserGroupId ? 0 : 1;
  return STAGE_INPUTS[index].userGroup;
}

/** That nobody could satisfy a policy, beside the number of the stage it is about. Errors of inputs are plain text. */
function shortageErrors(texts: Texts, { approvers }: PolicyPreview, { stage, needed, available }: Shortage) {
  const words = texts.policyForm;
  const index = stage === 1 ? 0 : 1;
  if (stage === null) return { [STAGE_INPUTS[1].quorum]: words.shortTogether(needed, available) };
  const names = (approvers[index] ?? []).map(({ name }) => name);
  const told = names.length === 0 ? words.nobody : words.only(namesText(texts, names));
  return { [STAGE_INPUTS[index].quorum]: words.short(needed, told) };
}
