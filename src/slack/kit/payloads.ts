import { z } from 'zod';
import type { SlackPerson } from './identify.ts';
import { OpenView } from './screens.ts';

/** What Slack sends, as far as we read it. Whatever does not fit is refused before anything is done. */

const Team = z.object({ id: z.string() }).nullish();
const User = z.object({ id: z.string(), team_id: z.string().optional() });

const Choice = z.object({ value: z.string() });
const SlackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});
const Value = z.object({
  value: z.string().nullish(),
  selected_option: Choice.nullish(),
  selected_options: z.array(Choice).nullish(),
  selected_user: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  files: z.array(SlackFile).nullish(),
});

/** What the inputs of a view held, by block and action. */
export const Values = z.record(z.string(), z.record(z.string(), Value));
export type Values = z.infer<typeof Values>;

export const CommandBody = z.object({
  team_id: z.string(),
  user_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
});

export const ActionBody = z.object({
  team: Team,
  user: User,
  trigger_id: z.string(),
  view: OpenView.extend({ state: z.object({ values: Values }).nullish() }).optional(),
  actions: z.array(Value.extend({ action_id: z.string(), block_id: z.string() })).min(1),
});

export type ActionBody = z.infer<typeof ActionBody>;

export const SubmissionBody = z.object({
  team: Team,
  user: User,
  view: OpenView.extend({ state: z.object({ values: Values }) }),
});

export const SuggestionBody = z.object({
  team: Team,
  user: User,
  value: z.string().default(''),
  view: OpenView.optional(),
});

export const ShortcutBody = z.object({ team: Team, user: User, trigger_id: z.string() });

export const HomeOpenedBody = z.object({
  team_id: z.string(),
  event: z.object({ user: z.string(), tab: z.string().optional() }),
});

/** The person behind an interaction; their own workspace where Slack tells it. */
export function personOf(body: { team?: z.infer<typeof Team>; user: z.infer<typeof User> }): SlackPerson {
  return { teamId: body.user.team_id ?? body.team?.id ?? '', slackUserId: body.user.id };
}

function inputOf(values: Values, actionId: string): z.infer<typeof Value> | undefined {
  return Object.values(values).find((block) => actionId in block)?.[actionId];
}

/** The block that holds an input: where its error message belongs. */
export function blockOf(values: Values, actionId: string): string | undefined {
  return Object.entries(values).find(([, block]) => actionId in block)?.[0];
}

/** What was typed into an input; empty where nothing was. */
export function typedText(values: Values, actionId: string): string {
  return inputOf(values, actionId)?.value?.trim() ?? '';
}

/** The chosen option's value of a select; null where none is chosen. */
export function chosenOption(values: Values, actionId: string): string | null {
  return inputOf(values, actionId)?.selected_option?.value ?? null;
}

/** The chosen options' values of a multi-select. */
export function chosenOptions(values: Values, actionId: string): string[] {
  return inputOf(values, actionId)?.selected_options?.map(({ value }) => value) ?? [];
}

/** A file that somebody attached in a form; where it is fetched is not always told. */
export interface AttachedFile {
  id: string;
  name: string;
  /** In bytes; null where it is not told. */
  size: number | null;
  url: string | null;
}

/** The file attached in a file input that takes one; null where none is. */
export function attachedFile(values: Values, actionId: string): AttachedFile | null {
  const [file] = inputOf(values, actionId)?.files ?? [];
  if (!file) return null;
  const { id, name, size, url_private_download, url_private } = file;
  return { id, name: name ?? id, size: size ?? null, url: url_private_download ?? url_private ?? null };
}

/** The Slack user chosen in a select of people; null where nobody is. */
export function chosenUser(values: Values, actionId: string): string | null {
  return inputOf(values, actionId)?.selected_user ?? null;
}

/** The channel chosen in a select of conversations; null where none is. */
export function chosenConversation(values: Values, actionId: string): string | null {
  return inputOf(values, actionId)?.selected_conversation ?? null;
}

/** The day chosen from a calendar; null where none is. */
export function chosenDay(values: Values, actionId: string): string | null {
  return inputOf(values, actionId)?.selected_date ?? null;
}
