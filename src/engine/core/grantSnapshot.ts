import { z } from 'zod';

/** What a change by hand was about, with the names of that moment: enough to tell the person of it. */
export const GrantSnapshot = z.object({
  change: z.enum(['set', 'disable', 'enable']),
  user: z.object({ code: z.string(), name: z.string() }),
  permission: z.object({ id: z.number(), application: z.string(), name: z.string(), main: z.boolean() }),
  /** The row as it was written. */
  row: z.object({ active: z.boolean(), value: z.string(), param: z.string() }),
});

export type GrantSnapshot = z.infer<typeof GrantSnapshot>;
