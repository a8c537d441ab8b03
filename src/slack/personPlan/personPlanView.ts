import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { PersonStep } from '../../engine/core/personPlan.ts';
import type { PersonPlanNames, PersonPlanPreview, StepDone } from '../../engine/readModels/personPlan.ts';
import {
  type Block,
  context,
  divider,
  header,
  type ModalContent,
  option,
  section,
  staticSelect,
} from '../kit/blocks.ts';
import { describePerson } from '../kit/heldWording.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeValue } from '../kit/wording.ts';
import { type Decision, missingFor, type PersonPlanDraft } from './personPlanDraft.ts';
import { stepText } from './stepText.ts';

/** Differences named; the rest are counted. */
const DIFFERENCES_SHOWN = 20;

interface PersonPlanData {
  draft: PersonPlanDraft;
  names: PersonPlanNames;
  preview: PersonPlanPreview;
  page: number;
  revision: number;
  moved: boolean;
}

/** A plan for one person: each step with its decision and what it would do, and what would differ afterwards. */
export function personPlanView(texts: Texts, actor: Actor, data: PersonPlanData): ModalContent {
  const { draft, names, preview, moved, revision } = data;
  const { page, offset } = pageOf(data.page, draft.steps.length);
  const doneOf = stepsDone(draft, preview.done);
  const words = texts.personPlan;
  const wanted = draft.steps.some(({ include }) => include);
  return {
    title: names.model ? words.likeTitle : words.packagesTitle,
    ...(wanted && { submit: words.confirm }),
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(words.moved)] : []),
      section(
        names.model
          ? words.like(describePerson(texts, names.person), describePerson(texts, names.model))
          : describePerson(texts, names.person),
      ),
      ...(draft.steps.length === 0 ? [section(words.nothing)] : []),
      ...draft.steps
        .map((each, index) => ({ ...each, index }))
        .slice(offset, offset + PAGE_SIZE)
        .map(({ step, include, index }) =>
          stepRow(texts, actor, { step, include, index, revision, names, done: doneOf.get(index) }),
        ),
      ...pager(texts, ACTIONS.planPage, { page, total: draft.steps.length }),
      ...differenceBlocks(texts, names, preview),
      ...(wanted ? [context(texts.assign.done.logOut)] : []),
    ],
  };
}

/** What each wanted step would do, by its place among all. */
function stepsDone({ steps }: PersonPlanDraft, done: readonly StepDone[]): Map<number, StepDone> {
  const wanted = steps.flatMap(({ include }, index) => (include ? [index] : []));
  return new Map(wanted.flatMap((index, at) => (done[at] ? [[index, done[at]] as const] : [])));
}

function stepRow(
  texts: Texts,
  actor: Actor,
  row: {
    step: PersonStep;
    include: boolean;
    index: number;
    revision: number;
    names: PersonPlanNames;
    done: StepDone | undefined;
  },
): Block {
  const { step, include, index, revision, names, done } = row;
  const words = texts.personPlan;
  const missing = missingFor(actor, step);
  const lines = [
    stepText(texts, step, names),
    ...(missing ? [texts.help.missing(texts.metaPermissions[missing])] : []),
    ...(done ? [words.does[step.kind](done.rows)] : []),
    ...(done && done.conflicts > 0 ? [words.conflicts(done.conflicts)] : []),
  ];
  if (missing) return section(lines.join('\n'));
  const chosen: Decision = !include ? 'leave' : step.kind === 'assign' && step.keepPackage ? 'package' : 'do';
  const offered: Decision[] = step.kind === 'assign' ? ['do', 'package', 'leave'] : ['do', 'leave'];
  const labels = { ...words.decisions, ...(step.kind === 'assign' && { do: words.assignOriginal }) };
  const options = offered.map((decision) => option(labels[decision], `${index}:${decision}`));
  return section(lines.join('\n'), {
    // A redrawn menu keeps what was chosen unless it is a new one
    id: `plan_${index}_${revision}`,
    accessory: staticSelect(`${ACTIONS.planDecision}_${index}`, options, `${index}:${chosen}`),
  });
}

function differenceBlocks(texts: Texts, names: PersonPlanNames, { differences }: PersonPlanPreview): Block[] {
  if (!differences || !names.model) return [];
  const words = texts.personPlan;
  const [person, model] = [escapeText(names.person.name), escapeText(names.model.name)];
  if (differences.length === 0) return [divider(), section(words.alike(person, model))];
  const value = (held: string | null, param: string | null) =>
    held === null ? texts.manage.noAccess : describeValue(texts, held, param ?? '');
  const lines = differences
    .slice(0, DIFFERENCES_SHOWN)
    .map(({ applicationName, permissionName, ...each }) =>
      words.difference(
        `${escapeText(applicationName)} · ${escapeText(permissionName)}`,
        value(each.value, each.param),
        value(each.otherValue, each.otherParam),
      ),
    );
  const more = differences.length - lines.length;
  return [
    divider(),
    header(words.differences),
    context(words.differencesIntro(person, model)),
    section(lines.join('\n')),
    ...(more > 0 ? [context(words.more(more))] : []),
  ];
}
