import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ApprovalContext } from '../../engine/operations/approvers.ts';
import type { RequestableCommand, RequestableKind } from '../../engine/operations/requestableKinds.ts';
import { approvalFor } from '../../engine/readModels/requests.ts';
import { draftsOf } from './drafts.ts';
import type { Identity } from './identify.ts';
import type { Submitted } from './interaction.ts';
import { SCREENS } from './screenRefs.ts';
import type { Screens } from './screens.ts';

/** An operation that was confirmed, and may need approval. */
export interface ConfirmedOperation<K extends RequestableKind> {
  kind: K;
  /** The kind by which policies know it, where that is another: undoing is what was undone. */
  governedAs?: string;
  /** The package whose policy may demand approval; null where only the organization's can. */
  packageNumber: number | null;
  key: string;
  command: RequestableCommand<K>;
  people: number;
  /** The permission that it is about; absent where it is about none, or several. */
  permission?: { applicationName: string; name: string };
}

/** A confirmed operation while its reason is asked for. */
export const AskDraft = z.object({
  kind: z.string(),
  packageNumber: z.number().int().nullable(),
  key: z.uuid(),
  command: z.record(z.string(), z.json()),
  people: z.number().int(),
  permission: z.string().nullable(),
});

export type AskDraft = z.infer<typeof AskDraft>;

/** The kind of draft that holds an {@link AskDraft}. */
export const ASK_DRAFT = 'ask_approval';

/** What features need of approvals. */
export interface Approvals {
  context: ApprovalContext;
  /**
   * Where a policy demands approval of what somebody confirmed: the form that asks for it, as the answer to the confirmed
   * window. Null where none does. The operation itself asks the policy again.
   */
  divert<K extends RequestableKind>(identity: Identity, confirmed: ConfirmedOperation<K>): Promise<Submitted | null>;
  /** The same for a click: the draft that {@link SCREENS.askApproval} shows. */
  draftFor<K extends RequestableKind>(identity: Identity, confirmed: ConfirmedOperation<K>): Promise<string | null>;
}

export function createApprovals(context: ApprovalContext, screens: Screens): Approvals {
  const drafts = draftsOf(context, ASK_DRAFT, AskDraft);

  async function draftFor<K extends RequestableKind>(
    identity: Identity,
    { kind, governedAs = kind, packageNumber, key, command, people, permission }: ConfirmedOperation<K>,
  ): Promise<string | null> {
    const policy = await approvalFor(context, identity.actor, { kind: governedAs, packageNumber });
    if (!policy) return null;
    const id = randomUUID();
    await drafts.save(identity, id, {
      ...{ kind, packageNumber, key, people },
      command: JSON.parse(JSON.stringify(command)),
      permission: permission ? `${permission.applicationName} · ${permission.name}` : null,
    });
    return id;
  }

  return {
    context,
    draftFor,
    async divert(identity, confirmed) {
      const draft = await draftFor(identity, confirmed);
      return draft === null ? null : { drawn: await screens.draw(identity, SCREENS.askApproval, { draft }) };
    },
  };
}
