import type { CloneOutcome } from '../../engine/operations/clonePackage.ts';
import type { ClonePreview } from '../../engine/readModels/clonePreview.ts';
import { context, input, type ModalContent, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { formLimits } from './editForm.ts';

/** What is left out is named up to here; the rest is counted. */
const NAMED = 10;

/** The form of a copy of a package: its name and description, and what is copied and what is not. */
export function clonePackageView(texts: Texts, preview: ClonePreview): ModalContent {
  const { package: pack, permissions } = preview;
  const name = texts.clone.copyOf(pack.name);
  const limits = formLimits({ name, description: pack.description });
  return {
    title: texts.clone.title,
    submit: texts.clone.submit,
    close: texts.common.cancel,
    blocks: [
      section(`${packageName(texts, pack)}\n${texts.clone.copies(permissions)}`),
      ...cloneExceptions(texts, preview).map((line) => context(line)),
      input('clone_name', texts.edit.name, textInput(ACTIONS.cloneName, { max: limits.name, initial: name })),
      input(
        'clone_description',
        texts.edit.description,
        textInput(ACTIONS.cloneDescription, { max: limits.description, multiline: true, initial: pack.description }),
        { optional: true },
      ),
    ],
  };
}

/** What a clone does not have as the other package does, in sentences. */
export function cloneExceptions(
  texts: Texts,
  { leftOut, narrowed, structures }: Pick<CloneOutcome, 'leftOut' | 'narrowed' | 'structures'>,
): string[] {
  const words = texts.clone;
  return [
    ...(leftOut.length > 0 ? [words.leftOut(named(leftOut), uncounted(leftOut))] : []),
    ...(narrowed.length > 0 ? [words.narrowed(named(narrowed), uncounted(narrowed))] : []),
    ...(structures.length > 0 ? [words.structures(named(structures), uncounted(structures))] : []),
  ];
}

function named(all: readonly string[]): string {
  return all.slice(0, NAMED).map(escapeText).join(', ');
}

function uncounted(all: readonly string[]): number {
  return Math.max(0, all.length - NAMED);
}
