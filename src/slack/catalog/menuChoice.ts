import { z } from 'zod';

const CHOICES = ['uses', 'edit', 'below', 'retire', 'restore'] as const;
const KINDS = ['permission', 'structure'] as const;

type Choice = (typeof CHOICES)[number];
type Kind = (typeof KINDS)[number];

/** What the menu of a permission or a structure carries for one of its choices. */
export function menuChoice(choice: Choice, kind: Kind, id: number): string {
  return `${choice}:${kind}:${id}`;
}

/** The same, as it comes back. */
export const MenuChoice = z
  .string()
  .regex(/^[a-z]+:[a-z]+:\d{1,10}$/)
  .transform((text) => {
    const [choice, kind, id] = text.split(':');
    return { choice, kind, id: Number(id) };
  })
  .pipe(z.object({ choice: z.enum(CHOICES), kind: z.enum(KINDS), id: z.number() }));
