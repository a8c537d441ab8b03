import type { SourceChange } from '../../engine/core/sourceChange.ts';
import type { SourcePreview } from '../../engine/operations/changeSource.ts';
import { changeCounts, changedPerson } from '../kit/accessChanges.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import type { Texts } from '../kit/texts/index.ts';
import { changeLines } from './changeWording.ts';

/** People shown at once, each with what changes. */
export const PEOPLE_SHOWN = 10;

export interface PreviewScreen {
  change: SourceChange;
  preview: SourcePreview;
  page: number;
  /** The world changed between the last look and the confirmation. */
  moved: boolean;
  /** Whether a form asked for it, and can ask again. */
  editable: boolean;
}

/** Who gains or loses access by a change of a profile, a rule or a group, before it is saved. */
export function previewView(texts: Texts, { change, preview, page, moved, editable }: PreviewScreen): ModalContent {
  const words = texts.sourcePreview;
  const { difference, people, about } = preview;
  const changed = difference.people;
  return {
    title: words.title[change.kind],
    submit: words.confirm[change.kind],
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(words.moved)] : []),
      section(changeLines(texts, change, about).join('\n')),
      divider(),
      section([words.effect, ...effectLines(texts, preview)].join('\n')),
      ...(difference.lacksMain > 0 ? [section(words.lacksMain(difference.lacksMain))] : []),
      ...people.map((person) => section(changedPerson(texts, person))),
      ...pager(texts, ACTIONS.sourcePage, { page, total: changed, size: PEOPLE_SHOWN }),
      ...(changed > 0 ? [context(words.told)] : []),
      ...backBlocks(texts, editable),
    ],
  };
}

/** A change that would change nothing: there is nothing to confirm. */
export function nothingView(texts: Texts, { kind }: SourceChange, editable: boolean): ModalContent {
  const words = kind === 'follow_user_group' ? texts.groups.upToDate : texts.errors.nothing_changed;
  return {
    title: texts.sourcePreview.title[kind],
    close: texts.common.close,
    blocks: [section(words), ...backBlocks(texts, editable)],
  };
}

function backBlocks(texts: Texts, editable: boolean): Block[] {
  return editable ? actions('source_edit', [button(ACTIONS.sourceBack, texts.sourcePreview.back)]) : [];
}

function effectLines(texts: Texts, { difference }: SourcePreview): string[] {
  const words = texts.sourcePreview;
  if (difference.concerned === 0) return [words.nobodyConcerned];
  const changes = changeCounts(texts, difference);
  const others = (['own', 'denied', 'same'] as const)
    .filter((why) => difference[why] > 0)
    .map((why) => words.why[why](difference[why]));
  return [...(changes.length === 0 ? [words.nobody] : changes), ...others];
}
