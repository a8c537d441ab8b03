import type { PackageDetailsView } from '../../engine/readModels/packages.ts';
import { input, type ModalContent, multiExternalSelect, option, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { formLimits } from './editForm.ts';

/** The form of a package's name, description and reference structures; empty for a new one. */
export function editPackageView(texts: Texts, details: PackageDetailsView | null): ModalContent {
  const chosen = details?.structures.map(({ code, name }) => option(`${code} · ${name}`, code)) ?? [];
  const limits = formLimits(details?.package ?? null);
  return {
    title: details ? texts.edit.editTitle : texts.edit.newTitle,
    submit: details ? texts.common.save : texts.edit.create,
    close: texts.common.cancel,
    blocks: [
      input(
        'name',
        texts.edit.name,
        textInput(ACTIONS.packageName, {
          max: limits.name,
          placeholder: texts.edit.namePlaceholder,
          ...(details && { initial: details.package.name }),
        }),
      ),
      input(
        'description',
        texts.edit.description,
        textInput(ACTIONS.packageDescription, {
          max: limits.description,
          multiline: true,
          ...(details && { initial: details.package.description }),
        }),
        { optional: true },
      ),
      input(
        'structures',
        texts.edit.structures,
        multiExternalSelect(ACTIONS.packageStructures, texts.edit.structuresPlaceholder, chosen),
        { optional: true, hint: texts.edit.structuresHint },
      ),
    ],
  };
}
