import { z } from 'zod';

const Side = z.object({ value: z.string(), param: z.string() }).nullable();

/** Somebody whose access a change changes, permission by permission: by application, MAIN first. */
export const ChangedPerson = z.object({
  userId: z.number(),
  code: z.string(),
  name: z.string(),
  cells: z.array(
    z.object({
      ...{ applicationName: z.string(), name: z.string(), main: z.boolean() },
      change: z.enum(['gain', 'up', 'down', 'scope', 'loss']),
      before: Side,
      after: Side,
    }),
  ),
});

export type ChangedPerson = z.infer<typeof ChangedPerson>;
