import type { GrantChange, PackageOutlook } from '../../engine/core/manualGrant.ts';
import type { PlannedGrant } from '../../engine/readModels/manualGrants.ts';
import { actions, type Block, button, type ModalContent, section } from '../kit/blocks.ts';
import { describeAccess, describeGrants, describePerson } from '../kit/heldWording.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { badgeOf, describePermission, packageName } from '../kit/wording.ts';

/** Packages named in one block: a text of Slack has an end, and every package is to be told. */
const LINES_PER_BLOCK = 12;

export interface ConfirmScreen {
  planned: PlannedGrant;
  kind: GrantChange['kind'];
  /** Whether a form asked for the value, and can ask again. */
  editable: boolean;
  /** The world changed between the last look and the confirmation. */
  moved: boolean;
}

/** What a change by hand will do, before it is saved: access before and after, and what each package will show. */
export function confirmView(texts: Texts, { planned, kind, editable, moved }: ConfirmScreen): ModalContent {
  const { person, permission, plan } = planned;
  const words = texts.manage.confirm;
  const now = words.now(describeAccess(texts, plan.before));
  const afterwards = words.afterwards(describeAccess(texts, plan.after));
  return {
    title: words.title[kind],
    submit: texts.common.save,
    close: texts.common.cancel,
    blocks: [
      ...(moved ? [section(words.moved)] : []),
      section(`${describePerson(texts, person)}\n*${describePermission(texts, permission)}*`),
      section(`${now}\n*${afterwards}*`),
      ...denyBlocks(texts, planned),
      ...mainBlocks(texts, planned),
      ...packageBlocks(texts, plan.packages),
      section(plan.accessChanges ? words.told : words.sameAccess),
      ...(editable ? actions('grant_edit', [button(ACTIONS.editGrant, words.edit)]) : []),
    ],
  };
}

function denyBlocks(texts: Texts, { plan }: PlannedGrant): Block[] {
  if (plan.row.active) return [];
  const names = describeGrants(texts, plan.blocked);
  const { deny, denyNames } = texts.manage.confirm;
  return [section(`:no_entry: ${names ? `${deny} ${denyNames(names)}` : deny}`)];
}

function mainBlocks(texts: Texts, { permission, mainName, plan }: PlannedGrant): Block[] {
  if (!plan.lacksMain || mainName === null) return [];
  return [section(texts.why.mainMissing(escapeText(permission.applicationName), escapeText(mainName)))];
}

function packageBlocks(texts: Texts, packages: readonly PackageOutlook[]): Block[] {
  const words = texts.manage.confirm;
  if (packages.length === 0) return [section(words.noPackages)];
  const lines = [words.packages, ...packages.map((each) => packageLine(texts, each))];
  const blocks = Math.ceil(lines.length / LINES_PER_BLOCK);
  return Array.from({ length: blocks }, (_, index) =>
    section(lines.slice(index * LINES_PER_BLOCK, (index + 1) * LINES_PER_BLOCK).join('\n')),
  );
}

function packageLine(texts: Texts, { name, before, after, factsBefore, factsAfter }: PackageOutlook): string {
  const words = texts.manage.confirm;
  const { package: pack, assignment } = factsAfter;
  const badge = badgeOf(texts, after, factsAfter);
  const shown = badgeOf(texts, before, factsBefore);
  return [
    words.package(packageName(texts, { ...pack, name }), badge),
    ...(shown === badge ? [] : [words.shownNow(shown)]),
    ...(assignment === 'former' ? [words.formerMember] : []),
    ...(pack.state === 'disabled' ? [words.disabledPackage] : []),
  ].join('');
}
