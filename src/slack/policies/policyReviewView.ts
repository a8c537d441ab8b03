import type { PolicyPreview } from '../../engine/readModels/policies.ts';
import { actions, type Block, button, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { namesText, policyText } from './policyText.ts';

export interface PolicyReview {
  preview: PolicyPreview;
  /** Null: the organization's policy. */
  package: { number: number; name: string } | null;
}

/** What is about to be saved, and who could approve today. */
export function policyReviewView(texts: Texts, { preview, package: pack }: PolicyReview): ModalContent {
  const words = texts.policyReview;
  const { shortage, named } = preview;
  return {
    title: words.title,
    submit: shortage ? undefined : words.save,
    close: texts.common.cancel,
    blocks: [
      section(pack ? packageName(texts, pack) : texts.policyForm.forOrganization),
      section(policyText(texts, named)),
      divider(),
      section(`*${words.today}*\n${candidates(texts, preview).join('\n')}`),
      ...warnings(texts, preview),
      ...actions('policy_review', [button(ACTIONS.backToPolicy, words.edit)]),
    ],
  };
}

function candidates(texts: Texts, { named, approvers }: PolicyPreview): string[] {
  const words = texts.policyReview;
  const { stages } = named.policy;
  return stages.map(({ quorum }, index) => {
    const names = (approvers[index] ?? []).map(({ name }) => escapeText(name));
    const told = namesText(texts, names) || texts.policyForm.nobody;
    return stages.length === 1 ? words.only(quorum, told) : words.stage(index + 1, quorum, told);
  });
}

function warnings(texts: Texts, { named, approvers, shortage }: PolicyPreview): Block[] {
  const words = texts.policyReview;
  if (shortage) return [section(words.nobodyCould)];
  const { stages } = named.policy;
  const isTight = stages.some(({ quorum }, index) => (approvers[index]?.length ?? 0) <= quorum);
  const everybody = new Set(approvers.flat().map(({ userId }) => userId)).size;
  const needed = stages.reduce((sum, { quorum }) => sum + quorum, 0);
  return isTight || everybody <= needed ? [section(words.tight)] : [];
}
