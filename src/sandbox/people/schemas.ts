import { z } from 'zod';

const person = z.string().min(1);
const inputValue = z.union([
  z.null(),
  z.string(),
  z.number(),
  z.record(z.string(), z.unknown()),
  z.array(z.union([z.string(), z.record(z.string(), z.unknown())])),
]);
const state = z.record(z.string(), z.record(z.string(), inputValue)).default({});
const source = z.union([
  z.strictObject({ viewId: z.string() }),
  z.strictObject({ channel: z.string(), ts: z.string() }),
]);

/** The bodies of the client API, by path. */
export const schemas = {
  command: z.strictObject({ as: person, channel: z.string().optional(), text: z.string().min(1).max(4000) }),
  message: z.strictObject({
    as: person,
    channel: z.string(),
    text: z.string().min(1).max(40_000),
    threadTs: z.string().optional(),
  }),
  shortcut: z.strictObject({ as: person, callbackId: z.string() }),
  home: z.strictObject({ as: person, tab: z.enum(['home', 'messages']).default('home') }),
  action: z.strictObject({
    as: person,
    source,
    blockId: z.string(),
    actionId: z.string(),
    value: inputValue.optional(),
    state,
  }),
  submit: z.strictObject({ as: person, viewId: z.string(), state }),
  close: z.strictObject({ as: person, viewId: z.string(), all: z.boolean().default(false) }),
  suggest: z.strictObject({
    as: person,
    source,
    blockId: z.string(),
    actionId: z.string(),
    value: z.string().default(''),
  }),
  faults: z.strictObject({
    method: z.string(),
    times: z.number().int().min(1).default(1),
    status: z.number().int().min(400).max(599).optional(),
    retryAfter: z.number().int().min(0).optional(),
    error: z.string().optional(),
    drop: z.boolean().optional(),
  }),
} as const;

/** The parsed body of a path of the client API. */
export type Request<Path extends keyof typeof schemas> = z.output<(typeof schemas)[Path]>;

/** Where an interactive element stands. */
export type Source = z.output<typeof source>;
