import { z } from 'zod';
import { truncate } from './text.ts';

/**
 * What a screen is known by: the view's callback id, and the state that travels in its `private_metadata`. Features
 * register how a screen is drawn; any feature can lead to any screen by its reference.
 */
export interface ScreenRef<State> {
  id: string;
  state: z.ZodType<State>;
}

function ref<State>(id: string, state: z.ZodType<State>): ScreenRef<State> {
  return { id, state };
}

const page = z.number().int().min(0);
const number = z.number().int().positive();
/** A sentence shown once at the top: the outcome of what was just done. */
const LONGEST_NOTE = 600;
const note = z.string().max(LONGEST_NOTE).optional();
const text = z.string().max(200);
const draft = z.uuid();
/** Whose details the window stands on; absent where it stands on something else. */
const detailsOf = z.number().int().optional();

export const SCREENS = {
  dashboard: ref('dashboard', z.object({})),
  help: ref('help', z.object({})),
  me: ref('me', z.object({})),
  list: ref('list', z.object({ text, page })),
  package: ref('package', z.object({ number, tab: z.enum(['permissions', 'active', 'former']), text, page, note })),
  editPackage: ref('edit_package', z.object({ number: number.nullable(), key: z.uuid() })),
  addPermission: ref('add_permission', z.object({ draft, revision: page, note })),
  assign: ref(
    'assign',
    z.object({ number: number.nullable(), userIds: z.array(z.number().int()).max(100), detailsOf }),
  ),
  preflight: ref('preflight', z.object({ draft, page, revision: page, moved: z.boolean(), detailsOf })),
  details: ref('details', z.object({ number, userId: z.number().int(), page: page.optional(), note })),
  remove: ref(
    'remove',
    z.object({
      number,
      userId: z.number().int(),
      key: z.uuid(),
      planHash: z.string().max(64).nullable(),
      moved: z.boolean(),
    }),
  ),
  export: ref('export', z.object({})),
} as const;

/** A sentence as a note, which must fit into a view's metadata. */
export function noteOf(text: string): string {
  return truncate(text, LONGEST_NOTE);
}

/** State of the package screen when it is first opened. */
export function packageState(number: number, note?: string) {
  return { number, tab: 'permissions' as const, text: '', page: 0, ...(note !== undefined && { note: noteOf(note) }) };
}
