import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createPackage, editPackage, setPackageState } from '../../engine/operations/packageDetails.ts';
import { holdersOf } from '../../engine/readModels/brake.ts';
import {
  listMembers,
  listPackages,
  packageStatusCounts,
  resolvePackage,
  showPackage,
} from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { chosenOptions, typedText } from '../kit/payloads.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { editedDetails } from './editForm.ts';
import { editPackageView } from './editPackageView.ts';
import { listView } from './listView.ts';
import { packageView } from './packageView.ts';

const Numbered = z.object({ number: z.number().int() });
const Page = z.object({ page: z.number().int().min(0) });

/** Packages: the list, one package with its members, creating, editing, disabling and enabling. */
export const registerPackages: Feature = ({ engine, screens, listeners, subcommands, approvals }) => {
  screens.register(SCREENS.list, async ({ actor, texts }, { text, page }) => {
    const wanted = { text, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
    return listView(texts, actor, { ...(await listPackages(engine, actor, wanted)), text, page });
  });

  screens.register(SCREENS.package, async ({ actor, texts }, { number, tab, text, page, note }) => {
    const details = await showPackage(engine, actor, number);
    if (tab === 'permissions') {
      const members = { members: [], total: 0 };
      return packageView(texts, actor, { details, tab, text, page, note, counts: [], members });
    }
    const { page: shown, offset } = pageOf(page, details.members[tab]);
    const members = await listMembers(engine, actor, number, { state: tab, text, offset, limit: PAGE_SIZE });
    const counts = await packageStatusCounts(engine, actor, number);
    return packageView(texts, actor, { details, tab, text, page: shown, note, counts, members });
  });

  screens.register(SCREENS.editPackage, async ({ actor, texts }, { number }) => {
    requireMay(actor, 'define_packages');
    return editPackageView(texts, number === null ? null : await showPackage(engine, actor, number));
  });

  subcommands.add({
    name: 'list',
    help: 'list',
    needs: 'view',
    opensModal: true,
    run: ({ stage }, rest) => stage.show(SCREENS.list, { text: rest.slice(0, 200), page: 0 }),
  });
  subcommands.add({
    name: 'show',
    help: 'show',
    needs: 'view',
    opensModal: true,
    async run({ identity, stage }, rest) {
      const { number } = await resolvePackage(engine, identity.actor, rest);
      await stage.show(SCREENS.package, packageState(number));
    },
  });
  subcommands.add({
    name: 'new',
    help: 'new',
    needs: 'define_packages',
    opensModal: true,
    run: ({ stage }) => stage.show(SCREENS.editPackage, { number: null, key: randomUUID() }),
  });

  listeners.action(ACTIONS.openList, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.list, { text: '', page: 0 }),
  );
  listeners.action(ACTIONS.listFilter, { value: z.string() }, ({ stage }, text) =>
    stage.replace(SCREENS.list, { text: text.slice(0, 200), page: 0 }),
  );
  // Inputs oblige a modal to have a submit button: it searches too
  listeners.submission(SCREENS.list, async ({ identity, values }) => {
    const text = typedText(values, ACTIONS.listFilter).slice(0, 200);
    return { drawn: await screens.draw(identity, SCREENS.list, { text, page: 0 }) };
  });
  listeners.action(/^list_page_/, { value: Page }, async ({ stage, view }, { page }) => {
    const state = getState(SCREENS.list, view);
    await stage.replace(SCREENS.list, { ...state, page });
  });
  listeners.action(ACTIONS.openPackage, { opens: 'fromOutside', value: Numbered }, ({ stage }, { number }) =>
    stage.show(SCREENS.package, packageState(number)),
  );
  listeners.action(
    /^package_tab_/,
    { value: Numbered.extend({ tab: z.enum(['permissions', 'active', 'former']) }) },
    ({ stage }, { number, tab }) => stage.replace(SCREENS.package, { ...packageState(number), tab }),
  );
  listeners.action(ACTIONS.memberFilter, { value: z.string() }, async ({ stage, view }, text) => {
    const state = getState(SCREENS.package, view);
    await stage.replace(SCREENS.package, { ...state, text: text.slice(0, 200), page: 0 });
  });
  listeners.submission(SCREENS.package, async ({ identity, values }, state) => {
    const text = typedText(values, ACTIONS.memberFilter).slice(0, 200);
    return { drawn: await screens.draw(identity, SCREENS.package, { ...state, text, page: 0 }) };
  });
  listeners.action(/^(package_member|permission)_page_/, { value: Page }, async ({ stage, view }, { page }) => {
    const state = getState(SCREENS.package, view);
    await stage.replace(SCREENS.package, { ...state, page });
  });

  listeners.action(
    ACTIONS.setPackageState,
    { value: Numbered.extend({ state: z.enum(['active', 'disabled']) }) },
    async ({ identity, stage }, { number, state }) => {
      requireMay(identity.actor, 'define_packages');
      const key = randomUUID();
      const command = { number, state };
      const kind = state === 'disabled' ? 'disable_package' : 'enable_package';
      const { members } = await showPackage(engine, identity.actor, number);
      const losing = state === 'disabled' ? await holdersOf(engine, identity.actor, number) : 0;
      const confirmed = { kind, packageNumber: number, key, command, people: members.active, losing } as const;
      const diversion = await approvals.diversionOf(identity, confirmed);
      if (diversion) {
        await stage.replace(diversion.screen, { draft: diversion.draft });
        return;
      }
      const { outcome } = await setPackageState(engine, { ...command, actor: identity.actor, key });
      const { disabledDone, enabledDone } = identity.texts.show;
      const note = state === 'disabled' ? disabledDone(outcome.members) : enabledDone(outcome.members);
      await stage.replace(SCREENS.package, packageState(number, note));
    },
  );

  listeners.action(ACTIONS.newPackage, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.editPackage, { number: null, key: randomUUID() }),
  );
  listeners.action(ACTIONS.editPackage, { opens: true, value: Numbered }, ({ stage }, { number }) =>
    stage.show(SCREENS.editPackage, { number, key: randomUUID() }),
  );
  listeners.suggestions(ACTIONS.packageStructures, async ({ actor }, typed) => {
    const { structures } = await searchAs(engine, actor).structures(typed, { offset: 0, limit: 100 });
    return structures.map(({ code, name }) => option(`${code} · ${name}`, code));
  });
  listeners.submission(SCREENS.editPackage, async ({ identity, stage, view, values, whisper }, { number, key }) => {
    const { actor, texts } = identity;
    requireMay(actor, 'define_packages');
    const name = typedText(values, ACTIONS.packageName);
    const description = typedText(values, ACTIONS.packageDescription);
    if (name === '') return { errors: { [ACTIONS.packageName]: texts.edit.nameNeeded } };
    const details = { name, description, structures: chosenOptions(values, ACTIONS.packageStructures) };
    if (number === null) {
      // The new package takes the place of what the form stood on: a stack holds three views, and it needs two more
      const close = Boolean(view?.previous_view_id);
      return {
        close,
        work: async () => {
          const { outcome } = await createPackage(engine, { actor, key, details });
          const created = texts.edit.created(outcome.number);
          const state = packageState(outcome.number, created);
          const shown = await (close
            ? stage.refreshBelow(SCREENS.package, state)
            : stage.replace(SCREENS.package, state));
          if (!shown) await whisper(created);
        },
      };
    }
    const { package: pack, structures } = await showPackage(engine, actor, number);
    const before = { ...pack, structures: structures.map(({ code }) => code) };
    const command = { number, details: editedDetails(before, details) };
    const confirmed = { kind: 'edit_package', packageNumber: number, key, command, people: 0 } as const;
    const diverted = await approvals.divert(identity, confirmed);
    if (diverted) return diverted;
    return {
      close: true,
      work: async () => {
        await editPackage(engine, { ...command, actor, key });
        const { saved } = texts.show;
        if (!(await stage.refreshBelow(SCREENS.package, packageState(number, saved)))) await whisper(saved);
      },
    };
  });
};
