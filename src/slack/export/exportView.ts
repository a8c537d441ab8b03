import { EXPORT_KINDS } from '../../export/organizationCsv.ts';
import { externalSelect, input, type ModalContent, option, staticSelect } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';

/** The form that asks what to export, and of which package. */
export function exportView({ exports, common }: Texts): ModalContent {
  const kinds = EXPORT_KINDS.map((kind) => option(exports.kinds[kind], kind, exports.meanings[kind]));
  return {
    title: exports.title,
    submit: exports.submit,
    close: common.cancel,
    blocks: [
      input('what', exports.what, staticSelect(ACTIONS.exportKind, kinds, EXPORT_KINDS[0])),
      input('package', exports.package, externalSelect(ACTIONS.exportPackage, exports.packagePlaceholder), {
        optional: true,
        hint: exports.packageHint,
      }),
    ],
  };
}
