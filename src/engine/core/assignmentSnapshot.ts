import { z } from 'zod';

/**
 * What an assignment was about, with the names of that moment. With `operation_changes` it is enough to print the
 * assignment report again, byte for byte, whatever has been renamed since.
 */
export const AssignmentSnapshot = z.object({
  organization: z.object({ name: z.string(), locale: z.enum(['en', 'es']), timeZone: z.string() }),
  package: z.object({
    number: z.number(),
    name: z.string(),
    description: z.string(),
    structures: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
  assignedBy: z.object({ code: z.string(), name: z.string() }),
  /** Nobody, where nobody had to. */
  approvedBy: z.array(z.object({ code: z.string(), name: z.string() })).default([]),
  /** The last day, where it is for a time. */
  until: z.string().nullable().default(null),
  permissions: z.array(
    z.object({
      id: z.number(),
      application: z.string(),
      name: z.string(),
      main: z.boolean(),
      value: z.string(),
      param: z.string(),
      structured: z.boolean(),
    }),
  ),
  /** Names of the structures that the package's parameters mention, by code. */
  structureNames: z.record(z.string(), z.string()),
  /** Applications of the package without their MAIN permission. */
  lackingMain: z.array(z.object({ applicationName: z.string(), mainName: z.string() })),
});

export type AssignmentSnapshot = z.infer<typeof AssignmentSnapshot>;
