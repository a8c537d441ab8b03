import type { NamedPolicy } from '../../engine/readModels/policies.ts';
import { actions, button, context, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';
import { policyText } from './policyText.ts';

export interface PackagePolicyData {
  package: { number: number; name: string };
  own: boolean;
  governing: NamedPolicy | null;
  note: string | undefined;
}

/** What governs one package: its own policy, or the organization's. */
export function packagePolicyView(texts: Texts, data: PackagePolicyData): ModalContent {
  const { package: pack, own, governing, note } = data;
  const words = texts.policies;
  const { number } = pack;
  const inherited = governing ? words.inherited : words.inheritedNone;
  const { removeOwn: title, removeOwnConfirm: text } = words;
  const confirm = { title, text, confirm: title, deny: texts.common.cancel };
  return {
    title: words.packageTitle,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      section(packageName(texts, pack)),
      context(own ? words.own : inherited),
      ...(governing ? [section(policyText(texts, governing))] : []),
      ...actions('policy_actions', [
        button(ACTIONS.editPolicy, own ? words.change : words.createOwn, { number }, { style: 'primary' }),
        ...(own ? [button(ACTIONS.removePolicy, title, { number }, { style: 'danger', confirm })] : []),
        button(ACTIONS.openPackage, words.toPackage, { number }),
        button(ACTIONS.openPolicies, words.all),
      ]),
    ],
  };
}
