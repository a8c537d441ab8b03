import { z } from 'zod';

const count = z.number().int();

/** What is known of a change so large that one confirmation is not enough. */
export const Brake = z.object({
  /** Members who lose something that the package gives, or have less of it afterwards. */
  people: count,
  /** Active members before the change. */
  members: count,
  /** The share of members, in percent, up to which one confirmation is enough. */
  share: count,
});

export type Brake = z.infer<typeof Brake>;

/** Fewer people are looked at one by one, whatever the share: in a package of six, two are a third. */
export const BRAKE_FROM = 5;

/** Whether a change takes access from more than that share of the members, and from so many that it matters. */
export function isBraked({ people, members, share }: Brake): boolean {
  return people >= BRAKE_FROM && people * 100 > members * share;
}
