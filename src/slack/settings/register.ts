import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { editOrganization } from '../../engine/operations/editOrganization.ts';
import { listAdministrators } from '../../engine/readModels/administrators.ts';
import { organizationById } from '../../engine/readModels/organizations.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { option } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { chosenOption, typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { LANGUAGES, organizationView } from './organizationView.ts';
import { registerAdministrators } from './registerAdministrators.ts';
import { registerFounders } from './registerFounders.ts';
import { settingsView } from './settingsView.ts';

const Share = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(100));

const Language = z.enum(LANGUAGES).catch('en');

/** The settings: the organization, who may do what (DOMAIN 7), and founders. */
export const registerSettings: Feature = (kit) => {
  const { engine, screens, listeners, subcommands } = kit;

  screens.register(SCREENS.settings, async ({ actor, texts }, { page, note }) => {
    // Read again: the settings are drawn just after they were changed
    const organization = await organizationById(engine, actor.organizationId);
    const load = (wanted: number) =>
      listAdministrators(engine, actor, { offset: wanted * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await load(page);
    const last = pageOf(page, found.total).page;
    const shown = last === page ? found : await load(last);
    return settingsView(texts, actor, { organization, ...shown, page: last, note });
  });
  screens.register(SCREENS.editOrganization, async ({ actor, texts, organization }) => {
    requireMay(actor, 'administer');
    return organizationView(texts, organization);
  });

  subcommands.add({
    name: 'settings',
    help: 'settings',
    needs: 'administer',
    opensModal: true,
    run: ({ stage }) => stage.show(SCREENS.settings, { page: 0 }),
  });
  listeners.action(ACTIONS.openSettings, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.settings, { page: 0 }),
  );
  listeners.action(/^settings_page_/, { value: z.object({ page: z.number().int().min(0) }) }, ({ stage }, { page }) =>
    stage.replace(SCREENS.settings, { page }),
  );

  listeners.action(ACTIONS.editOrganization, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.editOrganization, { key: randomUUID() }),
  );
  listeners.suggestions(ACTIONS.organizationTimeZone, async ({ actor }, typed) => {
    requireMay(actor, 'administer');
    const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
    return timeZones()
      .filter((zone) => zone.toLowerCase().includes(wanted))
      .map((zone) => option(zone, zone));
  });
  listeners.submission(SCREENS.editOrganization, async ({ identity, stage, values, whisper }, { key }) => {
    const { actor, texts, organization } = identity;
    requireMay(actor, 'administer');
    const name = typedText(values, ACTIONS.organizationName);
    if (name === '') return { errors: { [ACTIONS.organizationName]: texts.editOrganization.nameNeeded } };
    const brakeShare = Share.safeParse(typedText(values, ACTIONS.organizationBrake));
    if (!brakeShare.success) return { errors: { [ACTIONS.organizationBrake]: texts.brake.shareInvalid } };
    const details = {
      ...{ name, brakeShare: brakeShare.data },
      timeZone: chosenOption(values, ACTIONS.organizationTimeZone) ?? organization.timeZone,
      locale: Language.parse(chosenOption(values, ACTIONS.organizationLanguage)),
    };
    return {
      close: true,
      work: async () => {
        await editOrganization(engine, { actor, key, details });
        const { saved } = texts.settings;
        if (!(await stage.refreshBelow(SCREENS.settings, { page: 0, note: saved }))) await whisper(saved);
      },
    };
  });

  registerAdministrators(kit);
  registerFounders(kit);
};

/** Every time zone that this machine knows, and Greenwich, which the standard list leaves out. */
function timeZones(): string[] {
  return [...Intl.supportedValuesOf('timeZone'), 'UTC'];
}
