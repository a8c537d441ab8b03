import type { en } from './en.ts';

/** The wording of one language; English gives the shape. */
export type Wording = typeof en;

/** The texts of one language, for the people of one time zone. */
export type Texts = Wording & {
  /** A moment in the organization's time zone, such as "3 May 2026, 12:00 CEST". */
  moment(at: Date): string;
  /** A day of the calendar (`2026-05-03`), such as "3 May 2026". */
  day(day: string): string;
  /** The day of a moment in the organization's time zone, such as "3 May 2026". */
  dayOf(at: Date): string;
  /** The last day of a time that ends at a moment, which is the first of the day after. */
  lastDay(end: Date): string;
};
