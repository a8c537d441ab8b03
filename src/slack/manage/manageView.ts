import { isPlainSwitch } from '../../engine/core/manualGrant.ts';
import type { GrantOverview, HeldApplication, HeldPermission } from '../../engine/readModels/manualGrants.ts';
import {
  actions,
  type Block,
  button,
  context,
  divider,
  externalSelect,
  input,
  type ModalContent,
  section,
  textInput,
} from '../kit/blocks.ts';
import { describeAccess, describePerson } from '../kit/heldWording.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import type { ManageState } from '../kit/screenRefs.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describeName } from '../kit/wording.ts';

/** Permissions named for each application; the rest are counted. */
const LINES_SHOWN = 6;

/** Warnings shown at the top; each application on the page warns too. */
const WARNINGS_SHOWN = 5;

/** Asks whose permissions to manage. */
export function grantPersonView(texts: Texts): ModalContent {
  const select = externalSelect(ACTIONS.managePerson, texts.manage.personPlaceholder);
  return {
    title: texts.manage.title,
    submit: texts.manage.open,
    close: texts.common.cancel,
    blocks: [input('person', texts.manage.person, select)],
  };
}

/** What one person has in every application of the catalogue, found by search (DOMAIN 8, `grant`). */
export function manageView(texts: Texts, overview: GrantOverview, state: ManageState): ModalContent {
  const { person, applications, total } = overview;
  const content = { title: texts.manage.title, close: texts.common.close };
  const heading = [
    ...(state.note ? [section(state.note)] : []),
    section(describePerson(texts, person)),
    ...(state.from === undefined
      ? []
      : actions('manage_back', [button(ACTIONS.manageBack, texts.manage.backToDetails)])),
  ];
  if (person.founder) return { ...content, blocks: [...heading, section(`:shield: ${texts.why.founder}`)] };
  const none = state.text ? texts.common.nothingFound(escapeText(state.text)) : texts.manage.noApplications;
  return {
    ...content,
    submit: texts.common.search,
    blocks: [
      ...heading,
      context(texts.manage.intro),
      ...overview.unusable
        .slice(0, WARNINGS_SHOWN)
        .map(({ applicationName, mainName }) =>
          section(texts.why.mainMissing(escapeText(applicationName), escapeText(mainName))),
        ),
      input(
        // A redrawn input keeps what was typed unless its block is a new one
        `manage_filter_${state.text}`,
        texts.manage.filter,
        textInput(ACTIONS.manageFilter, { initial: state.text, max: 200, onEnter: true }),
        { optional: true, dispatch: true },
      ),
      divider(),
      ...(applications.length === 0
        ? [section(none)]
        : applications.flatMap((each) => applicationRow(texts, person.userId, each))),
      ...pager(texts, ACTIONS.managePage, { page: state.page, total }),
    ],
  };
}

function applicationRow(texts: Texts, userId: number, held: HeldApplication): Block[] {
  const { application, permissions } = held;
  const [only, ...others] = permissions;
  const text = [`*${escapeText(application.name)}*`, ...summary(texts, held)].join('\n');
  if (only && others.length === 0) {
    const { id: permissionId } = only.permission;
    const change = only.offered.set && !isPlainSwitch(only.permission);
    return [
      section(text, { accessory: switchButton(texts, only) }),
      ...actions(`manage_${application.id}`, [
        ...(change ? [button(ACTIONS.setGrant, texts.manage.change, { permissionId })] : []),
        button(ACTIONS.openWhy, texts.explain.button, { userId, applicationId: application.id }),
      ]),
    ];
  }
  return [section(text, { accessory: button(ACTIONS.manageApplication, texts.manage.open, { id: application.id }) })];
}

/** An application with one permission is one switch (Simple App Mode). */
function switchButton(texts: Texts, { permission, switched }: HeldPermission) {
  const carried = { permissionId: permission.id };
  if (switched === 'disable') return button(ACTIONS.disableGrant, texts.manage.turnOff, carried, { style: 'danger' });
  const actionId = switched === 'enable' ? ACTIONS.enableGrant : ACTIONS.setGrant;
  return button(actionId, texts.manage.turnOn, carried, { style: 'primary' });
}

function summary(texts: Texts, { application, permissions, lacksMain }: HeldApplication): string[] {
  if (permissions.length === 0) return [texts.manage.noPermissions];
  const held = permissions.filter(({ effective }) => effective !== null);
  const denied = permissions.filter(({ access: { row } }) => row && !row.active && row.reason === 'manual');
  const lines = held
    .slice(0, LINES_SHOWN)
    .map(({ permission, effective }) =>
      texts.manage.line(describeName(texts, permission), describeAccess(texts, effective)),
    );
  return [
    ...(held.length === 0 ? [texts.manage.noAccess] : lines),
    ...(held.length > LINES_SHOWN ? [texts.manage.more(held.length - LINES_SHOWN)] : []),
    ...(denied.length > 0 ? [texts.manage.deniedCount(denied.length)] : []),
    ...(lacksMain === null ? [] : [texts.why.mainMissing(escapeText(application.name), escapeText(lacksMain))]),
  ];
}
