import type { en } from './en.ts';

/** The texts of one language; English gives the shape. */
export type Texts = typeof en;
