import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { decideCell } from '../../engine/core/cellChoices.ts';
import { EngineError } from '../../engine/errors.ts';
import { removePermission } from '../../engine/operations/removePermission.ts';
import { removalPage } from '../../engine/readModels/removal.ts';
import { draftIdOf, draftsOf } from '../kit/drafts.ts';
import type { FeatureKit } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { describePermission } from '../kit/wording.ts';
import { pressRemoval, RemovalDraft, removalChoices } from './removalDraft.ts';
import { removePermissionView } from './removePermissionView.ts';

interface Scope {
  number: number;
  permissionId: number;
}

const Choice = z
  .string()
  .regex(/^(remove|keep):\d+$/)
  .transform((text) => {
    const [choice, user] = text.split(':');
    return { chosen: choice === 'remove', userId: Number(user) };
  });

/** Removing a permission from a package: Remove Permission or Keep Permission for each holder, and the confirmation. */
export function registerRemovePermission(kit: FeatureKit): void {
  const { engine, screens, listeners, background, approvals, onOperation } = kit;
  const drafts = draftsOf(engine, 'remove_permission', RemovalDraft);
  const idOf = (identity: Identity, { number, permissionId }: Scope) =>
    draftIdOf(identity, 'remove_permission', number, permissionId);

  background.describe('remove_permission', {
    doing: (texts, { subject, people }) => texts.removePermission.doing(people, subject),
    title: (texts) => texts.removePermission.title,
    done: (texts, subject, { removed, kept }) => [texts.removePermission.done(subject, removed, kept)],
  });

  async function draftOf(identity: Identity, scope: Scope): Promise<RemovalDraft> {
    const found = await drafts.find(identity, idOf(identity, scope));
    return found ?? { key: randomUUID(), control: 'all', text: '', exceptions: [], search: '', planHash: '' };
  }

  screens.register(SCREENS.removePermission, async (identity, { page, revision, moved, ...scope }) => {
    const draft = await draftOf(identity, scope);
    const load = (wanted: number) =>
      removalPage(engine, identity.actor, scope, removalChoices(draft), {
        ...{ text: draft.search, offset: wanted * PAGE_SIZE, limit: PAGE_SIZE },
      });
    const view = await load(page);
    const last = pageOf(page, view.total).page;
    // What is shown is what a confirmation agrees to
    await drafts.save(identity, idOf(identity, scope), { ...draft, planHash: view.counts.hash });
    const shown = last === page ? view : await load(last);
    return removePermissionView(identity.texts, { view: shown, draft, page: last, revision, moved });
  });

  /** Changes the draft behind the list in view, and draws it again. */
  async function change(
    { identity, stage, view }: Interaction,
    edit: (draft: RemovalDraft) => RemovalDraft,
    page?: number,
  ): Promise<void> {
    const state = getState(SCREENS.removePermission, view);
    await drafts.change(identity, idOf(identity, state), edit);
    const next = { page: page ?? state.page, revision: state.revision + 1, moved: false };
    await stage.replace(SCREENS.removePermission, { ...state, ...next });
  }

  listeners.action(/^removal_choice_\d/, { value: Choice }, (interaction, { userId, chosen }) => {
    const { permissionId } = getState(SCREENS.removePermission, interaction.view);
    const decided = { userId, permissionId, chosen };
    return change(interaction, (draft) => ({ ...draft, exceptions: decideCell(draft.exceptions, decided) }));
  });
  listeners.action(
    /^removal_control_/,
    { value: z.object({ control: RemovalDraft.shape.control }) },
    (interaction, { control }) => change(interaction, (draft) => pressRemoval(draft, control)),
  );
  listeners.action(ACTIONS.removalFilter, { value: z.string() }, (interaction, search) =>
    change(interaction, (draft) => ({ ...draft, search: search.slice(0, 200) }), 0),
  );
  listeners.action(/^removal_page_/, { value: z.object({ page: z.number().int().min(0) }) }, (interaction, { page }) =>
    change(interaction, (draft) => draft, page),
  );

  listeners.submission(SCREENS.removePermission, async (interaction, state): Promise<Submitted> => {
    const { identity, stage, whisper } = interaction;
    const { actor, texts } = identity;
    const { number, permissionId } = state;
    const draft = await drafts.get(identity, idOf(identity, state));
    const {
      package: pack,
      permission,
      counts,
    } = await removalPage(engine, actor, state, removalChoices(draft), {
      ...{ text: '', offset: 0, limit: 0 },
    });
    const { key, planHash } = draft;
    const command = { number, permissionId, choices: removalChoices(draft), planHash };
    const people = counts.removed + counts.kept;
    const confirmed = { kind: 'remove_permission', packageNumber: number, key, command, people } as const;
    const subject = describePermission(texts, permission);
    const losing = pack.state === 'active' ? counts.removed : 0;
    const diverted = await approvals.divert(identity, { ...confirmed, permission, losing, subject });
    if (diverted) {
      await drafts.save(identity, idOf(identity, state), { ...draft, key: randomUUID() });
      return diverted;
    }
    return {
      work: async () => {
        try {
          if (background.takes(people)) {
            await drafts.save(identity, idOf(identity, state), { ...draft, key: randomUUID() });
            return await background.start(interaction, { kind: 'remove_permission', key, command, people, subject });
          }
          const { outcome } = await removePermission(engine, { ...command, actor, key });
          onOperation();
          await drafts.forget(identity, idOf(identity, state));
          const note = texts.removePermission.done(...([subject, outcome.removed, outcome.kept] as const));
          await stage.notice(texts.removePermission.title, note);
          await stage.refreshBelow(SCREENS.package, packageState(number, note));
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'plan_changed') throw error;
          const moved = { ...state, revision: state.revision + 1, moved: true };
          const shown = await stage.replace(SCREENS.removePermission, moved);
          if (!shown) await whisper(texts.removePermission.movedUnseen);
        }
      },
    };
  });
}
