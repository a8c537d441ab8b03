import type { Button } from '@slack/types';
import { type Actor, mayDo } from '../../engine/core/metaPermissions.ts';
import type { PermissionStatus, UserDetailsView } from '../../engine/readModels/userDetails.ts';
import { actions, type Block, button, context, divider, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PERMISSIONS_PER_PAGE, pageOf, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { whyText } from '../kit/why.ts';
import { badgeOf, describePermission, describeValue, dotOf, packageName } from '../kit/wording.ts';

/** One person inside a package: the live badge of every permission, with why, and what can be done. */
export function detailsView(
  texts: Texts,
  actor: Actor,
  details: UserDetailsView,
  { note, page = 0 }: { note?: string | undefined; page?: number | undefined },
): ModalContent {
  const { package: pack, person, assignment, endsAt, permissions, unusable } = details;
  const size = PERMISSIONS_PER_PAGE;
  const { offset, page: shown } = pageOf(page, permissions.length, size);
  const heading = texts.details.heading(escapeText(person.name), escapeText(person.code), packageName(texts, pack));
  return {
    title: texts.details.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      section(heading),
      ...(endsAt ? [context(`:hourglass_flowing_sand: ${texts.ends.until(texts.lastDay(endsAt))}`)] : []),
      ...(assignment === 'former' ? [context(texts.details.former)] : []),
      ...(person.leftAt ? [context(texts.details.left(texts.moment(person.leftAt)))] : []),
      ...(pack.state === 'disabled' ? [context(texts.show.disabledNote)] : []),
      ...memberActions(texts, actor, details),
      ...unusable.map(({ applicationName, mainName }) =>
        section(texts.why.mainMissing(escapeText(applicationName), escapeText(mainName))),
      ),
      divider(),
      ...(assignment === 'none'
        ? [section(texts.details.notMember(escapeText(person.name), packageName(texts, pack)))]
        : permissions
            .slice(offset, offset + size)
            .flatMap((cell) => permissionBlocks(texts, { number: pack.number, userId: person.userId }, cell))),
      ...pager(texts, ACTIONS.detailsPage, { page: shown, total: permissions.length, size }),
    ],
  };
}

function memberActions(texts: Texts, actor: Actor, details: UserDetailsView): Block[] {
  const { package: pack, person, assignment } = details;
  const target = { userId: person.userId, number: pack.number };
  const gives = pack.state === 'active' && !person.founder && !person.leftAt;
  const syncs = mayDo(actor, 'sync_packages') && assignment === 'active' && gives;
  return actions('details_actions', [
    ...(syncs ? [button(ACTIONS.openSync, texts.sync.buttonPerson, target)] : []),
    ...(mayDo(actor, 'assign_packages') ? assignmentButtons(texts, details) : []),
    ...(mayDo(actor, 'manage_permissions') ? [button(ACTIONS.manage, texts.manage.title, target)] : []),
    ...(person.leftAt ? [button(ACTIONS.openPerson, texts.details.openCard, { userId: person.userId })] : []),
  ]);
}

function assignmentButtons(texts: Texts, { package: pack, person, assignment }: UserDetailsView): Button[] {
  const target = { number: pack.number, userId: person.userId };
  if (assignment === 'active') {
    return [
      button(ACTIONS.changeEnd, texts.ends.change, target),
      button(ACTIONS.removeAssignment, texts.details.remove, target, { style: 'danger' }),
    ];
  }
  if (pack.state === 'disabled' || person.leftAt) return [];
  const label = assignment === 'former' ? texts.details.reassign : texts.show.addUser;
  return [button(ACTIONS.assign, label, target, { style: 'primary' })];
}

function permissionBlocks(
  texts: Texts,
  { number, userId }: { number: number; userId: number },
  cell: PermissionStatus,
): Block[] {
  const { permission, facts, status } = cell;
  const text = texts.details.row(
    dotOf(texts, permission.live),
    describePermission(texts, permission),
    describeValue(texts, permission.value, permission.param),
    badgeOf(texts, status, facts),
    whyText(texts, cell),
  );
  const why = { userId, applicationId: permission.applicationId, from: number };
  const ticket = `${escapeText(permission.applicationName)} · ${escapeText(permission.name)}`;
  return [
    section(text, { accessory: button(ACTIONS.openWhy, texts.explain.button, why) }),
    ...(status.kind === 'undefined_exception' ? [context(texts.details.ticketText(number, ticket))] : []),
  ];
}
