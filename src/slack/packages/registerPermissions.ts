import { z } from 'zod';
import { packageDrift } from '../../engine/readModels/packageDrift.ts';
import type { Feature } from '../kit/feature.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { PERMISSION_MENU } from './packageView.ts';
import { registerAddPermission } from './registerAddPermission.ts';
import { registerChangePermission } from './registerChangePermission.ts';
import { registerRemovePermission } from './registerRemovePermission.ts';

const MenuChoice = z
  .string()
  .regex(/^[a-z]+:\d{1,9}:\d{1,9}$/)
  .transform((text) => {
    const [action, number, permissionId] = text.split(':');
    return { action, number: Number(number), permissionId: Number(permissionId) };
  })
  .pipe(z.object({ action: z.enum(PERMISSION_MENU), number: z.number(), permissionId: z.number() }));

const Offered = z.object({ number: z.number().int(), permissionId: z.number().int() });

/** The permissions of a package: adding, changing, removing and putting one back, and the way to its sync. */
export const registerPermissions: Feature = (kit) => {
  const openAdd = registerAddPermission(kit);
  const openChange = registerChangePermission(kit);
  registerRemovePermission(kit);

  // Offered where most members differ from the package in the same way
  kit.listeners.action(/^offer_change_\d/, { opens: true, value: Offered }, async (interaction, offered) => {
    const { number, permissionId } = offered;
    const { common } = await packageDrift(kit.engine, interaction.identity.actor, number);
    const usual = common.find((each) => each.permissionId === permissionId);
    const has = usual && usual.value !== null ? { value: usual.value, param: usual.param ?? '' } : undefined;
    await openChange(interaction, number, permissionId, has);
  });
  kit.listeners.action(/^offer_removal_\d/, { opens: true, value: Offered }, ({ stage }, offered) =>
    stage.show(SCREENS.removePermission, { ...offered, page: 0, revision: 0, moved: false }),
  );

  kit.listeners.action(
    /^permission_menu_\d/,
    { opens: true, value: MenuChoice },
    (interaction, { action, number, permissionId }) => {
      const { stage } = interaction;
      switch (action) {
        case 'sync':
          return stage.show(SCREENS.sync, { number, permissionId, userId: null, page: 0, revision: 0 });
        case 'change':
          return openChange(interaction, number, permissionId);
        case 'remove':
          return stage.show(SCREENS.removePermission, { number, permissionId, page: 0, revision: 0, moved: false });
        case 'readd':
          return openAdd(interaction, number, permissionId);
        default:
          return action satisfies never;
      }
    },
  );
};
