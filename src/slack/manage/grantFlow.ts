import { randomUUID } from 'node:crypto';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import { EngineError } from '../../engine/errors.ts';
import type { WantedGrant } from '../../engine/operations/planGrant.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { grantsInApplication, type HeldPermission, previewGrant } from '../../engine/readModels/manualGrants.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { type Person, searchAs } from '../../engine/readModels/search.ts';
import { type Drafts, draftsOf } from '../kit/drafts.ts';
import type { Identity } from '../kit/identify.ts';
import { SCREENS, type ScreenState } from '../kit/screenRefs.ts';
import { getState, type OpenView } from '../kit/screens.ts';
import { changeOf, GrantDraft } from './grantDraft.ts';

export type ConfirmState = ScreenState<typeof SCREENS.confirmGrant>;

/** What is asked for, before it is planned. */
type Asked = Pick<ConfirmState, 'permissionId' | 'change' | 'base'>;

/** What the form of a value and the confirmation share. */
export interface GrantFlow {
  drafts: Drafts<GrantDraft>;
  /**
   * The permission as the person has it now; for who may manage it.
   * @throws EngineError `not_allowed`, `permission_not_found`, `user_not_found`, `founder_untouchable`.
   */
  load(
    actor: Actor,
    target: { userId: number; permissionId: number },
  ): Promise<{ person: Person; held: HeldPermission }>;
  /** What a confirmation is about; a value that was chosen stands in the draft. */
  wantedOf(identity: Identity, asked: Asked): Promise<WantedGrant>;
  /** The state of a confirmation, planned now. @throws what `previewGrant` refuses. */
  planned(identity: Identity, asked: Asked): Promise<ConfirmState>;
}

/** What the forms of Manage Permissions share, on drafts of their own kind. */
export function createGrantFlow(engine: EngineContext): GrantFlow {
  const drafts = draftsOf(engine, 'grant', GrantDraft);

  async function load(actor: Actor, { userId, permissionId }: { userId: number; permissionId: number }) {
    requireMay(actor, 'manage_permissions');
    const permission = await searchAs(engine, actor).permission(permissionId);
    if (!permission) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
    const { person, permissions } = await grantsInApplication(engine, actor, userId, permission.applicationId);
    if (person.founder) throw new EngineError('founder_untouchable', { user: person.name });
    const held = permissions.find((each) => each.permission.id === permissionId);
    if (!held) throw new EngineError('permission_not_found', { wanted: String(permissionId) });
    return { person, held };
  }

  async function wantedOf(identity: Identity, { permissionId, change, base }: Asked): Promise<WantedGrant> {
    if (change.kind !== 'set') return { userId: base.userId, permissionId, change: { kind: change.kind } };
    const draft = await drafts.get(identity, change.draft);
    return { userId: draft.userId, permissionId: draft.permissionId, change: changeOf(draft) };
  }

  async function planned(identity: Identity, asked: Asked): Promise<ConfirmState> {
    const { plan } = await previewGrant(engine, identity.actor, await wantedOf(identity, asked));
    return { ...asked, key: randomUUID(), planHash: plan.hash, moved: false };
  }

  return { drafts, load, wantedOf, planned };
}

/** The window below, as it will be drawn again; what it said once is not said again. */
export function baseOf(view: OpenView | undefined): ConfirmState['base'] {
  return { ...getState(SCREENS.manage, view), note: undefined };
}
