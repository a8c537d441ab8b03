import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { removePolicy } from '../../engine/operations/setPolicy.ts';
import { listPackages, resolvePackage } from '../../engine/readModels/packages.ts';
import { listPolicies, showPackagePolicy } from '../../engine/readModels/policies.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { option } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { packagePolicyView } from './packagePolicyView.ts';
import { policiesView } from './policiesView.ts';
import { registerPolicyForm } from './registerPolicyForm.ts';

const Numbered = z.object({ number: z.number().int().positive() });
const OfScope = z.object({ number: z.number().int().positive().nullable() });

/** Policies of approval: the organization's, the packages' own, and their forms (DOMAIN 6). */
export function registerPolicies(client: WebClient): Feature {
  return (kit) => {
    const { engine, screens, listeners, subcommands } = kit;
    registerPolicyForm(kit, client);

    screens.register(SCREENS.policies, async ({ actor, texts }, { page, note }) => {
      const load = (wanted: number) => listPolicies(engine, actor, { offset: wanted * PAGE_SIZE, limit: PAGE_SIZE });
      const found = await load(page);
      const last = pageOf(page, found.total).page;
      return policiesView(texts, { ...(last === page ? found : await load(last)), page: last, note });
    });
    screens.register(SCREENS.packagePolicy, async ({ actor, texts }, { number, note }) =>
      packagePolicyView(texts, { ...(await showPackagePolicy(engine, actor, number)), note }),
    );

    subcommands.add({
      name: 'approvals',
      help: 'approvals',
      needs: 'administer',
      opensModal: true,
      async run({ identity, stage }, rest) {
        if (rest === '') return stage.show(SCREENS.policies, { page: 0 });
        const { number } = await resolvePackage(engine, identity.actor, rest);
        await stage.show(SCREENS.packagePolicy, { number });
      },
    });
    listeners.action(ACTIONS.openPolicies, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
      stage.show(SCREENS.policies, { page: 0 }),
    );
    listeners.action(/^policies_page_/, { value: z.object({ page: z.number().int().min(0) }) }, ({ stage }, { page }) =>
      stage.replace(SCREENS.policies, { page }),
    );
    listeners.action(ACTIONS.openPolicy, { opens: 'fromOutside', value: Numbered }, ({ stage }, { number }) =>
      stage.show(SCREENS.packagePolicy, { number }),
    );
    listeners.suggestions(ACTIONS.policyPackage, async ({ actor }, text) => {
      requireMay(actor, 'administer');
      const { packages } = await listPackages(engine, actor, { text, offset: 0, limit: 100 });
      return packages.map(({ number, name }) => option(`package:${number} ${name}`, String(number)));
    });
    listeners.action(ACTIONS.policyPackage, { value: z.coerce.number().int().positive() }, ({ stage }, number) =>
      stage.replace(SCREENS.packagePolicy, { number }),
    );

    listeners.action(ACTIONS.removePolicy, { value: OfScope }, async ({ identity, stage }, { number }) => {
      const { actor, texts } = identity;
      await removePolicy(engine, { actor, key: randomUUID(), packageNumber: number });
      const { removed, removedOwn } = texts.policies;
      if (number === null) await stage.replace(SCREENS.policies, { page: 0, note: removed });
      else await stage.replace(SCREENS.packagePolicy, { number, note: removedOwn });
    });
  };
}
