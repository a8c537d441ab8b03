import { z } from 'zod';
import { ChangedPerson } from './changedPerson.ts';

const people = z.number().int();

/** How many people get or lose access, and how many do at all. */
const Access = z.object({ gain: people, up: people, down: people, scope: people, loss: people, people });

/**
 * What a request would do, as its approvers see it: found by doing it and taking it back. Numbers are of people, unless
 * they say otherwise.
 */
export const RequestPlan = z.object({
  /** What the operation says of itself, by its kind. */
  outcome: z.json(),
  access: Access,
  /** The same of the plan that this one took the place of; absent where it is the first. */
  was: Access.optional(),
  /** Cells (person × permission) whose access stays and whose source changes. */
  owners: z.number().int(),
  /** People who get something of an application without the MAIN permission that opens it. */
  lacksMain: people,
  /** Cells that differ from an active package of theirs afterwards, by package, most first; the first few. */
  diverging: z.array(z.object({ number: z.number(), name: z.string(), cells: z.number() })),
  /** The first few of those whose access changes, with what they have now and then. */
  changed: z.array(ChangedPerson),
  /** The first few of those whom it concerns, whether their access changes or not. */
  named: z.array(z.object({ userId: z.number(), code: z.string(), name: z.string() })),
  /** Names of that moment. */
  package: z.object({ number: z.number(), name: z.string() }).nullable(),
  permission: z.string().nullable(),
});

export type RequestPlan = z.infer<typeof RequestPlan>;
