import { z } from 'zod';
import { MAX_PEOPLE } from '../kit/peopleInput.ts';

/** An assignment under way: for whom, and how conflicts are decided. Exceptions are stored, not every row. */
export const AssignDraft = z.object({
  number: z.number().int(),
  userIds: z.array(z.number().int()).min(1).max(MAX_PEOPLE),
  /** People of the chosen structures and groups who are not among them, because they left. */
  leftOut: z.number().int().default(0),
  keepPackage: z.boolean(),
  /** The last day; null: it lasts. */
  until: z.iso.date().nullable().default(null),
  /** (user, permission) pairs decided the other way than `keepPackage` says. */
  exceptions: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** Hash of the preflight last shown. */
  planHash: z.string(),
});

export type AssignDraft = z.infer<typeof AssignDraft>;

/** Whether a conflict was decided the other way than for all. */
export function isException(draft: AssignDraft, userId: number, permissionId: number): boolean {
  return draft.exceptions.some(([user, permission]) => user === userId && permission === permissionId);
}

/** The draft with one conflict decided. */
export function decideConflict(
  draft: AssignDraft,
  { userId, permissionId, keepPackage }: { userId: number; permissionId: number; keepPackage: boolean },
): AssignDraft {
  const others = draft.exceptions.filter(([user, permission]) => user !== userId || permission !== permissionId);
  const exceptional = keepPackage !== draft.keepPackage;
  return { ...draft, exceptions: exceptional ? [...others, [userId, permissionId]] : others };
}

/** The draft with all conflicts decided one way. */
export function decideAll(draft: AssignDraft, keepPackage: boolean): AssignDraft {
  return { ...draft, keepPackage, exceptions: [] };
}
