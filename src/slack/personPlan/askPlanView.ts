import type { PersonStep } from '../../engine/core/personPlan.ts';
import type { PersonPlanNames } from '../../engine/readModels/personPlan.ts';
import type { StepPolicy } from '../../engine/readModels/stepPolicies.ts';
import { decidersBlocks, reasonInput } from '../kit/askBlocks.ts';
import { type Block, context, type ModalContent, section } from '../kit/blocks.ts';
import { describePerson } from '../kit/heldWording.ts';
import type { Texts } from '../kit/texts/index.ts';
import { stepText } from './stepText.ts';

/** Steps named under one policy; the rest are counted. */
const NAMED = 15;

export interface AskPlanScreen {
  names: PersonPlanNames;
  /** Every step that is wanted. */
  steps: readonly PersonStep[];
  policies: readonly StepPolicy[];
}

/** Asks for the reason of the steps of a plan that need approval, and says what becomes of the others. */
export function askPlanView(texts: Texts, { names, steps, policies }: AskPlanScreen): ModalContent {
  const words = texts.personPlan.ask;
  const asked = policies.reduce((sum, { places }) => sum + places.length, 0);
  return {
    title: texts.requests.ask.title,
    submit: texts.requests.ask.submit,
    close: texts.common.cancel,
    blocks: [
      section(`${describePerson(texts, names.person)}\n${words.needs(asked, steps.length)}`),
      ...policies.flatMap((each) => policyBlocks(texts, each, { names, steps })),
      reasonInput(texts.requests.ask.reason, texts.requests.ask.reasonHint),
    ],
  };
}

function policyBlocks(
  texts: Texts,
  { policy, approvers, places }: StepPolicy,
  { names, steps }: Pick<AskPlanScreen, 'names' | 'steps'>,
): Block[] {
  const lines = places.slice(0, NAMED).flatMap((place) => {
    const step = steps[place];
    return step ? [stepText(texts, step, names)] : [];
  });
  const more = places.length - NAMED;
  return [
    section(lines.join('\n')),
    ...(more > 0 ? [context(texts.personPlan.more(more))] : []),
    ...decidersBlocks(texts, policy, approvers),
  ];
}
