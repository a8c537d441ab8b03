import type { Membership } from '../../engine/readModels/access.ts';
import { reasonInput } from '../kit/askBlocks.ts';
import { button, externalSelect, input, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { untilInput } from '../kit/untilInput.ts';
import { packageName } from '../kit/wording.ts';

/** Packages of one's own that are listed; whoever has more asks an administrator. */
const OWN_SHOWN = 20;

/** Asks for a package for oneself, or for the end of one. */
export function askAccessView(texts: Texts, memberships: readonly Membership[]): ModalContent {
  const words = texts.requests.self;
  const own = memberships.filter(({ state }) => state === 'active').slice(0, OWN_SHOWN);
  return {
    title: words.title,
    submit: words.submit,
    close: texts.common.cancel,
    blocks: [
      input('asked_package', words.package, externalSelect(ACTIONS.askedPackage, words.packagePlaceholder)),
      untilInput(texts, { hint: words.untilHint }),
      reasonInput(words.reason, texts.requests.ask.reasonHint),
      ...(own.length > 0 ? [section(words.mine)] : []),
      ...own.map(({ number, name }) =>
        section(packageName(texts, { number, name }), {
          accessory: button(ACTIONS.leavePackage, words.noLonger, { number }),
        }),
      ),
    ],
  };
}

/** Asks why a package is no longer needed. */
export function leaveView(texts: Texts, pack: { number: number; name: string }): ModalContent {
  const words = texts.requests.self;
  return {
    title: words.leavingTitle,
    submit: words.submit,
    close: texts.common.cancel,
    blocks: [section(words.leaving(packageName(texts, pack))), reasonInput(words.leavingReason)],
  };
}
