import type { NamedPolicy, PackagePolicy } from '../../engine/readModels/policies.ts';
import {
  actions,
  button,
  context,
  divider,
  externalSelect,
  header,
  type ModalContent,
  section,
} from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { operationWords, policyText } from './policyText.ts';

export interface PoliciesData {
  organization: NamedPolicy | null;
  packages: readonly PackagePolicy[];
  total: number;
  page: number;
  note: string | undefined;
}

/** The organization's policy in words, and the packages that have their own. */
export function policiesView(texts: Texts, data: PoliciesData): ModalContent {
  const { organization, packages, total, page, note } = data;
  const words = texts.policies;
  const remove = button(
    ACTIONS.removePolicy,
    words.remove,
    { number: null },
    {
      style: 'danger',
      confirm: { title: words.remove, text: words.removeConfirm, confirm: words.remove, deny: texts.common.cancel },
    },
  );
  return {
    title: words.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      context(words.intro),
      header(words.organization),
      section(organization ? policyText(texts, organization) : words.none),
      ...actions('policy_actions', [
        button(ACTIONS.editPolicy, organization ? words.change : words.create, { number: null }, { style: 'primary' }),
        ...(organization ? [remove] : []),
        button(ACTIONS.openSettings, words.settings),
      ]),
      divider(),
      header(words.packages),
      ...(packages.length === 0 ? [section(words.noPackages)] : []),
      ...packages.map(({ number, name, policy }) => {
        const needs = operationWords(texts, policy);
        const text = `${texts.common.package(number, escapeText(name))}\n${words.needs(needs || texts.common.none)}`;
        return section(text, { accessory: button(ACTIONS.openPolicy, words.open, { number }) });
      }),
      ...pager(texts, ACTIONS.policiesPage, { page, total }),
      ...actions('policy_of', [externalSelect(ACTIONS.policyPackage, words.choosePackage)]),
    ],
  };
}
