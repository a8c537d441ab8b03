import { isPlainSwitch } from '../../engine/core/manualGrant.ts';
import type { HeldApplication, HeldPermission } from '../../engine/readModels/manualGrants.ts';
import type { Person } from '../../engine/readModels/search.ts';
import { actions, type Block, button, divider, header, type ModalContent, section } from '../kit/blocks.ts';
import { describeAccess, describePerson, describeRow } from '../kit/heldWording.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf, pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeName } from '../kit/wording.ts';

/** One application: each permission as one person has it, and what can be done to it by hand. */
export function applicationView(
  texts: Texts,
  held: HeldApplication & { person: Person },
  { page: wanted, note }: { page: number; note: string | undefined },
): ModalContent {
  const { person, application, permissions, lacksMain } = held;
  const { page, offset } = pageOf(wanted, permissions.length);
  return {
    title: texts.manage.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      header(application.name),
      section(describePerson(texts, person)),
      ...actions('manage_back', [
        button(ACTIONS.manageBack, texts.manage.backToApplications),
        button(ACTIONS.openWhy, texts.explain.button, { userId: person.userId, applicationId: application.id }),
      ]),
      ...(person.founder ? [section(`:shield: ${texts.why.founder}`)] : []),
      ...(lacksMain === null
        ? []
        : [section(texts.why.mainMissing(escapeText(application.name), escapeText(lacksMain)))]),
      divider(),
      ...(permissions.length === 0 ? [section(texts.manage.noPermissions)] : []),
      ...permissions.slice(offset, offset + PAGE_SIZE).flatMap((each) => permissionBlocks(texts, each)),
      ...pager(texts, ACTIONS.managePage, { page, total: permissions.length }),
    ],
  };
}

function permissionBlocks(texts: Texts, held: HeldPermission): Block[] {
  const { permission, effective, offered } = held;
  const carried = { permissionId: permission.id };
  const setLabel = effective && !isPlainSwitch(permission) ? texts.manage.change : texts.manage.set;
  const access = describeAccess(texts, effective);
  return [
    section(texts.manage.row(describeName(texts, permission), access, describeRow(texts, held))),
    ...actions(`grant_${permission.id}`, [
      ...(offered.set ? [button(ACTIONS.setGrant, setLabel, carried)] : []),
      ...(offered.disable ? [button(ACTIONS.disableGrant, texts.manage.disable, carried, { style: 'danger' })] : []),
      ...(offered.enable ? [button(ACTIONS.enableGrant, texts.manage.enable, carried)] : []),
    ]),
  ];
}
