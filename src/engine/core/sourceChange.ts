import { z } from 'zod';
import type { MetaPermission } from './metaPermissions.ts';

const id = z.number().int().positive();
const name = z.string().min(1).max(300);
const ids = z.array(id).max(10_000);
/** A value, and structure codes or `*`; checked against the permission where the change is planned. */
const terms = { value: z.string().max(200), structures: z.array(z.string()) };

/** Whom a rule is for: everyone in a group, or in a structure and those below it. */
const RuleAudience = z.union([z.strictObject({ groupId: id }), z.strictObject({ structureId: id })]);

/** What an edit of a profile does: one thing at a time, so that the preview is about one thing. */
const ProfileEdit = z.discriminatedUnion('what', [
  z.object({ what: z.literal('rename'), name }),
  z.object({ what: z.literal('set'), permissionId: id, ...terms }),
  z.object({ what: z.literal('remove'), permissionId: id }),
]);

/**
 * A change of what gives access without a row of anybody: profiles, rules, and the groups that rules are for. Data, so
 * that it is previewed, kept in a draft, confirmed and applied as one and the same thing.
 */
export const SourceChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create_profile'), applicationId: id, name }),
  z.object({ kind: z.literal('edit_profile'), profileId: id, edit: ProfileEdit }),
  z.object({ kind: z.literal('delete_profile'), profileId: id }),
  z.object({ kind: z.literal('assign_profile'), profileId: id, userIds: ids }),
  z.object({ kind: z.literal('unassign_profile'), profileId: id, userIds: ids }),
  z.object({ kind: z.literal('create_rule'), name, audience: RuleAudience, permissionId: id, ...terms }),
  z.object({ kind: z.literal('edit_rule'), ruleId: id, name, audience: RuleAudience, ...terms }),
  z.object({ kind: z.literal('delete_rule'), ruleId: id }),
  z.object({ kind: z.literal('create_group'), code: z.string().max(100), name }),
  z.object({ kind: z.literal('edit_group'), groupId: id, code: z.string().max(100), name }),
  z.object({ kind: z.literal('delete_group'), groupId: id }),
  z.object({ kind: z.literal('change_group_members'), groupId: id, join: ids, leave: ids }),
  z.object({
    ...{ kind: z.literal('follow_user_group'), groupId: id },
    /** Null detaches the group: its members stay, and are chosen by hand again. */
    userGroup: z.object({ id: z.string().max(40), name: z.string().max(200) }).nullable(),
    /** The members that Slack named, by Slack id. */
    slackUserIds: z.array(z.string().max(40)),
  }),
]);

export type SourceChange = z.infer<typeof SourceChange>;
export type SourceChangeKind = SourceChange['kind'];
export type SourceChangeOf<K extends SourceChangeKind> = Extract<SourceChange, { kind: K }>;

/** What each change needs (DOMAIN 7). */
export const SOURCE_CHANGES = {
  create_profile: 'define_profiles',
  edit_profile: 'define_profiles',
  delete_profile: 'define_profiles',
  assign_profile: 'assign_profiles',
  unassign_profile: 'assign_profiles',
  create_rule: 'manage_catalog',
  edit_rule: 'manage_catalog',
  delete_rule: 'manage_catalog',
  create_group: 'manage_catalog',
  edit_group: 'manage_catalog',
  delete_group: 'manage_catalog',
  change_group_members: 'manage_catalog',
  follow_user_group: 'manage_catalog',
} as const satisfies Record<SourceChangeKind, MetaPermission>;

const Held = z.object({ value: z.string(), param: z.string() }).nullable();

/** What a change is about, with the names of that moment: for its preview, and for telling those whom it concerns. */
export const SourceAbout = z.object({
  /** The profile, rule or group. */
  name: z.string(),
  /** Another name that it gets. */
  renamed: z.string().nullable().default(null),
  /** A profile's application. */
  application: z.string().nullable().default(null),
  /** The permission that is set or removed, and how it was and will be. */
  permission: z
    .object({ applicationName: z.string(), name: z.string(), main: z.boolean(), before: Held, after: Held })
    .nullable()
    .default(null),
  /** A rule's group or structure, in its name. */
  audience: z
    .object({ kind: z.enum(['group', 'structure']), code: z.string(), name: z.string() })
    .nullable()
    .default(null),
  /** People who get the profile, lose it, join the group or leave it. */
  joining: z.number().default(0),
  leaving: z.number().default(0),
  /** People who were chosen, and have it, or do not have it, already. */
  already: z.number().default(0),
  /** The Slack user group that is followed, and how many of its members are nobody of the organization. */
  userGroup: z.string().nullable().default(null),
  unmatched: z.number().default(0),
});

export type SourceAbout = z.infer<typeof SourceAbout>;
