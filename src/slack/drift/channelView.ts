import { channelSelect, input, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Texts } from '../kit/texts/index.ts';
import { packageName } from '../kit/wording.ts';

/** The form of the channel in which drift is told: of a package, or of the organization (`pack` null). */
export function channelView(
  texts: Texts,
  pack: { number: number; name: string } | null,
  channel: string | null,
): ModalContent {
  const { channels } = texts.drift;
  return {
    title: channels.title,
    submit: texts.common.save,
    close: texts.common.cancel,
    blocks: [
      ...(pack ? [section(packageName(texts, pack))] : []),
      input(
        'drift_channel',
        channels.label,
        channelSelect(ACTIONS.driftChannelChoice, channels.placeholder, channel ?? undefined),
        { optional: true, hint: pack ? channels.hintPackage : channels.hintOrganization },
      ),
    ],
  };
}
