import type { Conflict, PreflightView } from '../../engine/readModels/preflight.ts';
import { type Block, context, divider, type ModalContent, option, section, staticSelect } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeValue, packageName } from '../kit/wording.ts';
import { type AssignDraft, isException } from './assignDraft.ts';

/** Conflicts shown at once; each needs a select of its own. */
export const CONFLICTS_PER_PAGE = 20;

export interface PreflightScreen {
  preflight: PreflightView;
  draft: AssignDraft;
  page: number;
  /** Changes with each redrawing, because Slack keeps the choice of a select whose block it knows. */
  revision: number;
  /** The world changed between the last look and the confirmation. */
  moved: boolean;
}

/** What assigning would do, and the conflicts to decide, before anything is written. */
export function preflightView(texts: Texts, screen: PreflightScreen): ModalContent {
  const { preflight, draft, moved } = screen;
  const { counts } = preflight;
  const nothing = counts.joining + counts.returning === 0;
  return {
    title: texts.assign.preflight,
    submit: nothing ? undefined : texts.assign.confirm,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(texts.assign.moved)] : []),
      section(packageName(texts, preflight.package)),
      section(summary(texts, counts).join('\n')),
      ...(draft.until !== null && !nothing ? [section(texts.ends.summary(texts.day(draft.until)))] : []),
      ...(draft.leftOut > 0 ? [context(texts.inputs.leftOut(draft.leftOut))] : []),
      ...(nothing ? [section(texts.assign.nothingToDo)] : []),
      ...(counts.conflicts > 0 ? conflictBlocks(texts, screen) : []),
    ],
  };
}

function summary(texts: Texts, counts: PreflightView['counts']): string[] {
  const lines = texts.assign.summary;
  return [
    ...(counts.joining > 0 ? [lines.joining(counts.joining)] : []),
    ...(counts.returning > 0 ? [lines.returning(counts.returning)] : []),
    ...(counts.founders > 0 ? [lines.founders(counts.founders)] : []),
    ...(counts.already > 0 ? [lines.already(counts.already)] : []),
    lines.written(counts.written),
    ...(counts.conflicts > 0 ? [lines.conflicts(counts.conflicts)] : []),
  ];
}

function conflictBlocks(texts: Texts, { preflight, draft, page, revision }: PreflightScreen): Block[] {
  const exceptions = draft.exceptions.length;
  const forAll = [option(texts.assign.allOriginal, 'original'), option(texts.assign.allPackage, 'package')];
  return [
    divider(),
    section(texts.assign.conflictsIntro),
    section(`*${texts.assign.forAll}*`, {
      id: `for_all_${revision}`,
      accessory: staticSelect(ACTIONS.conflictChoiceForAll, forAll, draft.keepPackage ? 'package' : 'original'),
    }),
    ...(exceptions > 0 ? [context(texts.assign.mixed(exceptions))] : []),
    divider(),
    ...preflight.conflicts.map((conflict) => conflictRow(texts, conflict, draft, revision)),
    ...pager(texts, ACTIONS.conflictPage, { page, total: preflight.counts.conflicts, size: CONFLICTS_PER_PAGE }),
  ];
}

function conflictRow(texts: Texts, conflict: Conflict, draft: AssignDraft, revision: number): Block {
  const { userId, permissionId, permission, userName, userCode } = conflict;
  const keepsPackage = draft.keepPackage !== isException(draft, userId, permissionId);
  const wants = describeValue(texts, permission.value, permission.param);
  const label = describePermission(texts, permission);
  const text = texts.assign.conflict(escapeText(userName), escapeText(userCode), label, held(texts, conflict), wants);
  const choices = [
    option(texts.assign.keepOriginal, `original:${userId}:${permissionId}`),
    option(texts.assign.keepPackage, `package:${userId}:${permissionId}`),
  ];
  return section(text, {
    id: `conflict_${userId}_${permissionId}_${revision}`,
    accessory: staticSelect(
      `${ACTIONS.conflictChoice}_${userId}_${permissionId}`,
      choices,
      `${keepsPackage ? 'package' : 'original'}:${userId}:${permissionId}`,
    ),
  });
}

/** What the person has now, and from where. */
function held(texts: Texts, conflict: Conflict): string {
  const { has } = texts.assign;
  const row = describeValue(texts, conflict.heldValue ?? '', conflict.heldParam ?? '');
  switch (conflict.kind) {
    case 'other_package':
      return has.package(row, conflict.packageNumber ?? 0);
    case 'disabled_manual':
      return has.disabled;
    case 'profile':
      return has.profile(
        describeValue(texts, conflict.profileValue ?? '', conflict.profileParam ?? ''),
        escapeText(conflict.profileName ?? ''),
      );
    case 'rule':
      return has.rule(
        describeValue(texts, conflict.ruleValue ?? '', conflict.ruleParam ?? ''),
        escapeText(conflict.ruleName ?? ''),
      );
    default:
      return has.manual(row);
  }
}
