import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { AccessExplanation, ExplainedPermission } from '../../engine/readModels/accessExplanation.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { describeAccess, describePerson, describeRow } from '../kit/heldWording.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf, pager } from '../kit/paging.ts';
import { SCREENS, type ScreenBehind, type ScreenState } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { verdictText } from '../kit/verdict.ts';
import { describeName, packageName } from '../kit/wording.ts';
import { type Fixer, pointBlocks } from './pointBlocks.ts';

/** Why a person can, or cannot, use an application: the verdict, then every permission with what would change it. */
export function whyView(
  texts: Texts,
  actor: Actor,
  explanation: AccessExplanation,
  { page: wanted, back, full = false }: Omit<ScreenState<typeof SCREENS.why>, 'userId' | 'applicationId'>,
): ModalContent {
  const { person, application } = explanation;
  // Nothing would be given to people who left: there is nothing to fix
  const permissions = explanation.permissions.map((each) => (person.leftAt ? { ...each, points: [] } : each));
  const told = permissions.filter((each) => !isPlainlyMissing(each));
  const missing = permissions.filter(isPlainlyMissing);
  const { page, offset } = pageOf(wanted, told.length);
  const target = { actor: full ? null : actor, userId: person.userId };
  return {
    title: texts.explain.title,
    close: texts.common.close,
    blocks: [
      section(`${describePerson(texts, person)} · *${escapeText(application.name)}*`),
      section(verdictText(texts, explanation)),
      context(sessionText(texts, explanation.changedAt)),
      ...(back ? actions('why_back', [button(ACTIONS.whyBack, backLabel(texts, back))]) : []),
      ...(person.leftAt ? [section(texts.details.left(texts.moment(person.leftAt)))] : []),
      divider(),
      ...told.slice(offset, offset + PAGE_SIZE).flatMap((each) => permissionBlocks(texts, target, each)),
      ...pager(texts, ACTIONS.whyPage, { page, total: told.length }),
      ...missingBlocks(texts, missing),
      ...(full ? [context(texts.explain.full)] : []),
      ...(mayDo(actor, 'manage_permissions') && !full
        ? actions('why_manage', [button(ACTIONS.manage, texts.manage.title, { userId: person.userId })])
        : []),
    ],
  };
}

/** Says where it leads, where that is not plain from the window that was left. */
function backLabel(texts: Texts, { screen }: ScreenBehind): string {
  return screen === SCREENS.details.id ? texts.manage.backToDetails : texts.explain.back;
}

/** A permission that the person simply does not have: it is named, not explained at length. */
function isPlainlyMissing({ permission, effective, points }: ExplainedPermission): boolean {
  return !permission.main && effective === null && points.every(({ kind }) => kind === 'no_source');
}

function sessionText(texts: Texts, changedAt: Date | null): string {
  return changedAt ? texts.explain.session(texts.moment(changedAt)) : texts.explain.sessionUnknown;
}

function permissionBlocks(texts: Texts, target: Fixer, explained: ExplainedPermission): Block[] {
  const { permission, effective, points } = explained;
  return [
    section(
      texts.manage.row(
        describeName(texts, permission),
        describeAccess(texts, effective),
        describeRow(texts, explained),
      ),
    ),
    ...points.flatMap((point) => pointBlocks(texts, target, point)),
  ];
}

function missingBlocks(texts: Texts, missing: readonly ExplainedPermission[]): Block[] {
  if (missing.length === 0) return [];
  const lines = missing.map(({ permission, points }) => {
    const packages = points.flatMap((point) => (point.kind === 'no_source' ? point.packages : []));
    const offered = packages.map((each) => packageName(texts, each)).join(', ');
    return texts.explain.missingRow(escapeText(permission.name), offered);
  });
  return [section([texts.explain.missing, ...lines].join('\n'))];
}
