import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Brake } from '../../engine/core/brake.ts';
import type { ApprovalContext } from '../../engine/operations/approvers.ts';
import {
  isRequestable,
  type RequestableCommand,
  type RequestableKind,
  readRequestedCommand,
} from '../../engine/operations/requestableKinds.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { brakeFor } from '../../engine/readModels/brake.ts';
import { resolvePackage } from '../../engine/readModels/packages.ts';
import { approvalFor } from '../../engine/readModels/requests.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { draftsOf } from './drafts.ts';
import type { Identity } from './identify.ts';
import type { Submitted } from './interaction.ts';
import { askedFor } from './requestBlocks.ts';
import { SCREENS, type ScreenRef } from './screenRefs.ts';
import type { Screens } from './screens.ts';

/** An operation that was confirmed, and may need approval or a second confirmation. */
export interface ConfirmedOperation<K extends RequestableKind> {
  kind: K;
  /** The kind by which policies know it, where that is another: undoing is what was undone. */
  governedAs?: string;
  /** The package whose policy may demand approval; null where only the organization's can. */
  packageNumber: number | null;
  key: string;
  command: RequestableCommand<K>;
  people: number;
  /** People who have less of something afterwards; absent: nobody. */
  losing?: number;
  /** What a worker tells that it is about, in mrkdwn and the person's language; absent: its package. */
  subject?: string;
  /** The permission that it is about; absent where it is about none, or several. */
  permission?: { applicationName: string; name: string };
}

/** A confirmed operation while its reason, or a second confirmation, is asked for. */
export const AskDraft = z.object({
  kind: z.string(),
  packageNumber: z.number().int().nullable(),
  key: z.uuid(),
  command: z.record(z.string(), z.json()),
  people: z.number().int(),
  permission: z.string().nullable(),
  subject: z.string().nullable(),
  /** What wants the second confirmation; null where it is approval that is asked for. */
  brake: Brake.nullable(),
});

export type AskDraft = z.infer<typeof AskDraft>;

/** What was confirmed, as it continues "to": "remove *package:3* Registrars from 12 people". */
export async function confirmedWords(
  engine: EngineContext,
  { actor, texts }: Identity,
  { kind, packageNumber, people, permission, command }: AskDraft,
): Promise<string> {
  const pack = packageNumber === null ? null : await resolvePackage(engine, actor, String(packageNumber));
  const userId = soleOf(kind, command);
  const person = userId === null ? null : await searchAs(engine, actor).person({ userId });
  return askedFor(texts, { kind, package: pack, permission, people, person });
}

/** The only person whom a command is about; null where there are several. */
function soleOf(kind: string, stored: object): number | null {
  if (!isRequestable(kind)) return null;
  const { audience } = readRequestedCommand(kind, stored).scope;
  const userIds = 'userIds' in audience ? audience.userIds : [];
  return userIds.length === 1 ? (userIds[0] ?? null) : null;
}

/** The kind of draft that holds an {@link AskDraft}. */
export const ASK_DRAFT = 'ask_approval';

/** The screen that asks for what is missing, and its draft. */
export interface Diversion {
  screen: ScreenRef<{ draft: string }>;
  draft: string;
}

/** What features need of approvals. */
export interface Approvals {
  context: ApprovalContext;
  /**
   * Where a policy demands approval of what somebody confirmed, the form that asks for it, as the answer to the
   * confirmed window; where it takes access from many, the window that asks a second time. Null where nothing is
   * missing. The operation itself asks for both again.
   */
  divert<K extends RequestableKind>(identity: Identity, confirmed: ConfirmedOperation<K>): Promise<Submitted | null>;
  /** The same for a click. */
  diversionOf<K extends RequestableKind>(
    identity: Identity,
    confirmed: ConfirmedOperation<K>,
  ): Promise<Diversion | null>;
}

/** Finds out what a confirmation still needs, and keeps it in a draft for the screen that asks. */
export function createApprovals(context: ApprovalContext, screens: Screens): Approvals {
  const drafts = draftsOf(context, ASK_DRAFT, AskDraft);

  async function diversionOf<K extends RequestableKind>(
    identity: Identity,
    confirmed: ConfirmedOperation<K>,
  ): Promise<Diversion | null> {
    const { kind, governedAs = kind, packageNumber, key, command, people, losing = 0, permission } = confirmed;
    const { actor } = identity;
    const policy = await approvalFor(context, actor, { kind: governedAs, packageNumber });
    const brake = policy ? null : await brakeFor(context, actor, { packageNumber, people: losing });
    if (!policy && !brake) return null;
    const draft = randomUUID();
    await drafts.save(identity, draft, {
      ...{ kind, packageNumber, key, people, brake, subject: confirmed.subject ?? null },
      command: JSON.parse(JSON.stringify(command)),
      permission: permission ? `${permission.applicationName} · ${permission.name}` : null,
    });
    return { screen: policy ? SCREENS.askApproval : SCREENS.pastBrake, draft };
  }

  return {
    context,
    diversionOf,
    async divert(identity, confirmed) {
      const diversion = await diversionOf(identity, confirmed);
      return diversion && { drawn: await screens.draw(identity, diversion.screen, { draft: diversion.draft }) };
    },
  };
}
