import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { Administrator } from '../../engine/readModels/administrators.ts';
import type { Organization } from '../../engine/readModels/organizations.ts';
import { actions, type Block, button, context, divider, header, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { pager } from '../kit/paging.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { rightsText } from './rightsText.ts';

export interface SettingsData {
  organization: Organization;
  administrators: readonly Administrator[];
  total: number;
  page: number;
  note: string | undefined;
}

/** The settings: the organization itself, and who may do what. */
export function settingsView(texts: Texts, actor: Actor, data: SettingsData): ModalContent {
  const { organization, administrators, total, page, note } = data;
  const { settings } = texts;
  const about = settings.organization(escapeText(organization.timeZone), settings.languages[organization.locale]);
  return {
    title: settings.title,
    close: texts.common.close,
    blocks: [
      ...(note ? [section(note)] : []),
      section(`*${escapeText(organization.name)}*\n${about}`, {
        accessory: button(ACTIONS.editOrganization, settings.edit),
      }),
      divider(),
      header(settings.administrators),
      context(settings.intro),
      ...administrators.map((administrator) => administratorRow(texts, administrator)),
      ...pager(texts, ACTIONS.settingsPage, { page, total }),
      ...actions('settings_actions', [
        button(ACTIONS.addAdministrator, settings.add, {}, { style: 'primary' }),
        button(ACTIONS.openPolicies, texts.policies.title),
        ...(actor.founder ? [button(ACTIONS.openFounders, settings.founders)] : []),
      ]),
    ],
  };
}

function administratorRow(texts: Texts, { userId, code, name, founder, metaPermissions }: Administrator): Block {
  const who = `*${escapeText(name)}* \`${escapeText(code)}\``;
  if (founder) return section(`${who}\n${texts.settings.founder}`);
  return section(`${who}\n${rightsText(texts, metaPermissions)}`, {
    accessory: button(ACTIONS.openAdministrator, texts.settings.change, { userId }),
  });
}
