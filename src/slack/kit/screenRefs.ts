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

/** The state that a screen's reference carries. */
export type ScreenState<Ref> = Ref extends ScreenRef<infer State> ? State : never;

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
const id = z.number().int();
/** A screen that another leads back to, by its id, with its state as it was. */
const screenBehind = z.object({ screen: z.string().max(40), state: z.json() });

export type ScreenBehind = z.infer<typeof screenBehind>;

/** What is synced: a package, one permission of it, one member, or both. */
const syncScope = { number, permissionId: id.nullable(), userId: id.nullable() };
/** Whose details the window stands on; absent where it stands on something else. */
const detailsOf = z.number().int().optional();

/** A person's permissions: the applications found by `text`, or one of them. */
const manage = z.object({
  userId: z.number().int(),
  /** The package whose user details it was opened from, and leads back to. */
  from: number.optional(),
  text,
  page,
  application: z.object({ id: z.number().int(), page }).nullable(),
  note,
});
/** What is to be done to a permission by hand; `form` is the drawing of the form that asked, null where none did. */
const grantChange = z.union([
  z.object({ kind: z.literal('set'), draft, form: page.nullable() }),
  z.object({ kind: z.enum(['disable', 'enable']) }),
]);

/** A form of people drawn again, because of its file: what was chosen in it, and why. */
const asksAgain = { chosen: draft.optional(), note };

/** What the list of people shows. */
const peopleList = { text, filter: z.enum(['everybody', 'unlinked', 'left', 'left_with_access']), page };
/** A person's card, and the list that it was opened from. */
const personCard = z.object({
  userId: id,
  tab: z.enum(['overview', 'packages', 'access', 'sources', 'changes']),
  page,
  list: z.object(peopleList).optional(),
  note,
});

export type PersonState = z.infer<typeof personCard>;

export type ManageState = z.infer<typeof manage>;

/** The catalogue: one of its lists, or one application of it. */
const catalog = z.object({
  tab: z.enum(['applications', 'structures', 'check']),
  text,
  page,
  application: z.object({ id, page }).nullable(),
  note,
});

export type CatalogState = z.infer<typeof catalog>;
/** A form whose choices stand in a draft; Slack keeps what stands in a block, so each drawing has its revision. */
const sourceForm = z.object({ draft, revision: page });

/** What people are chosen for. */
export const SOURCE_PURPOSES = ['assign_profile', 'unassign_profile', 'join_group', 'leave_group'] as const;
const day = z.iso.date().nullable();
/** What the audit trail is searched for, and the page of what was found. */
const auditList = z.object({
  ...{ userId: id.nullable(), number: number.nullable(), kind: z.string().max(60).nullable() },
  ...{ from: day, to: day, page },
});

export type AuditState = z.infer<typeof auditList>;

export const SCREENS = {
  dashboard: ref('dashboard', z.object({})),
  help: ref('help', z.object({})),
  me: ref('me', z.object({})),
  list: ref('list', z.object({ text, page })),
  package: ref('package', z.object({ number, tab: z.enum(['permissions', 'active', 'former']), text, page, note })),
  editPackage: ref('edit_package', z.object({ number: number.nullable(), key: z.uuid() })),
  clonePackage: ref('clone_package', z.object({ number, key: z.uuid() })),
  addPermission: ref('add_permission', z.object({ draft, revision: page, note })),
  assign: ref(
    'assign',
    z.object({
      ...{ number: number.nullable(), userIds: z.array(z.number().int()).max(100), detailsOf },
      ...asksAgain,
      /** The package chosen in the form, where it asks for one. */
      wanted: number.optional(),
      /** The last day chosen in the form. */
      until: z.iso.date().optional(),
    }),
  ),
  preflight: ref('preflight', z.object({ draft, page, revision: page, moved: z.boolean(), detailsOf })),
  changePermission: ref('change_permission', z.object({ draft, revision: page })),
  removePermission: ref(
    'remove_permission',
    z.object({ number, permissionId: id, page, revision: page, moved: z.boolean() }),
  ),
  sync: ref('sync', z.object({ ...syncScope, page, revision: page, note })),
  syncReview: ref('sync_review', z.object({ ...syncScope, moved: z.boolean() })),
  undo: ref('undo', z.object({ page })),
  undoReview: ref(
    'undo_review',
    z.object({ operationId: id, key: z.uuid(), planHash: z.string().max(64), moved: z.boolean() }),
  ),
  details: ref('details', z.object({ number, userId: z.number().int(), page: page.optional(), note })),
  chooseLeaving: ref('choose_leaving', z.object({ number, ...asksAgain })),
  remove: ref('remove', z.object({ draft, detailsOf, moved: z.boolean() })),
  grantPerson: ref('grant_person', z.object({})),
  manage: ref('manage', manage),
  grant: ref('grant', z.object({ draft, revision: page, note, base: manage })),
  confirmGrant: ref(
    'confirm_grant',
    z.object({
      permissionId: z.number().int(),
      change: grantChange,
      key: z.uuid(),
      planHash: z.string().max(64),
      moved: z.boolean(),
      base: manage,
    }),
  ),
  export: ref('export', z.object({})),
  planModel: ref('plan_model', z.object({ userId: id })),
  planPackages: ref('plan_packages', z.object({ userId: id })),
  askPlan: ref('ask_plan', z.object({ draft })),
  personPlan: ref('person_plan', z.object({ draft, page, revision: page, moved: z.boolean() })),
  why: ref(
    'why',
    z.object({
      ...{ userId: id, applicationId: id, page },
      /** The screen in whose place it stands. */
      back: screenBehind.optional(),
      /** Whether it is the third window: what would fix a point has no room for its own. */
      full: z.boolean().optional(),
    }),
  ),
  settings: ref('settings', z.object({ page, note })),
  editOrganization: ref('edit_organization', z.object({ key: z.uuid() })),
  addAdministrator: ref('add_administrator', z.object({})),
  administrator: ref(
    'administrator',
    z.object({ userId: id, shown: z.array(z.string().max(40)).max(20), key: z.uuid(), moved: z.boolean() }),
  ),
  founders: ref('founders', z.object({})),
  founderReview: ref('founder_review', z.object({ toUserId: id.nullable(), stepDown: z.boolean(), key: z.uuid() })),

  people: ref('people', z.object({ ...peopleList, note })),
  person: ref('person', personCard),
  editPerson: ref('edit_person', z.object({ userId: id.nullable(), key: z.uuid(), base: personCard.optional() })),
  linkPerson: ref(
    'link_person',
    z.object({ userId: id, key: z.uuid(), suggested: z.string().max(40).nullable(), base: personCard }),
  ),
  removeAll: ref(
    'remove_all',
    z.object({ userId: id, key: z.uuid(), planHash: z.string().max(64), moved: z.boolean(), base: personCard }),
  ),
  matchPeople: ref('match_people', z.object({ draft })),
  peopleFile: ref('people_file', z.object({ draft, note })),
  peopleFileReview: ref('people_file_review', z.object({ draft, moved: z.boolean() })),

  catalog: ref('catalog', catalog),
  catalogUses: ref('catalog_uses', z.object({ permissionId: id, page })),
  /** `blocked`: what was typed is refused because something uses what would go. */
  catalogForm: ref('catalog_form', z.object({ draft, revision: page, blocked: z.boolean(), base: catalog })),
  catalogRetire: ref(
    'catalog_retire',
    z.object({
      kind: z.enum(['application', 'permission', 'structure']),
      id,
      action: z.enum(['retire', 'restore']),
      key: z.uuid(),
      base: catalog,
    }),
  ),

  profiles: ref('profiles', z.object({ text, applicationId: id.nullable(), page, note })),
  profile: ref('profile', z.object({ profileId: id, tab: z.enum(['permissions', 'people']), text, page, note })),
  profileForm: ref('profile_form', z.object({ profileId: id.nullable(), key: z.uuid() })),
  profilePermission: ref('profile_permission', sourceForm),
  rules: ref('rules', z.object({ tab: z.enum(['rules', 'groups']), text, page, note })),
  ruleForm: ref('rule_form', sourceForm),
  group: ref('group', z.object({ groupId: id, text, page, note })),
  groupForm: ref('group_form', z.object({ groupId: id.nullable(), key: z.uuid() })),
  followGroup: ref('follow_group', z.object({ groupId: id })),
  sourcePeople: ref('source_people', z.object({ purpose: z.enum(SOURCE_PURPOSES), id })),
  sourcePreview: ref(
    'source_preview',
    z.object({
      ...{ draft, page, moved: z.boolean() },
      /** The form that asked, and can ask again. */
      form: sourceForm.extend({ screen: z.enum(['profilePermission', 'ruleForm']) }).nullable(),
    }),
  ),
  audit: ref('audit', auditList.extend({ note })),

  askApproval: ref('ask_approval', z.object({ draft })),
  pastBrake: ref('past_brake', z.object({ draft })),
  requests: ref('requests', z.object({ tab: z.enum(['decide', 'mine', 'all']), page, note })),
  request: ref('request', z.object({ requestId: id, note })),
  rejectRequest: ref('reject_request', z.object({ requestId: id, revision: number, key: z.uuid() })),
  askAccess: ref('ask_access', z.object({ key: z.uuid() })),
  leavePackage: ref('leave_package', z.object({ number, key: z.uuid() })),
  drift: ref('drift', z.object({ text, page, note })),
  packageDrift: ref('package_drift', z.object({ number, note })),
  driftChannel: ref('drift_channel', z.object({ number: number.nullable(), key: z.uuid() })),
  acceptDrift: ref(
    'accept_drift',
    z.object({ number, key: z.uuid(), planHash: z.string().max(64), moved: z.boolean() }),
  ),
  auditRecord: ref('audit_record', z.object({ seq: number, page, list: auditList.optional(), note })),

  policies: ref('policies', z.object({ page, note })),
  packagePolicy: ref('package_policy', z.object({ number, note })),
  policyForm: ref('policy_form', z.object({ draft, revision: page })),
  policyReview: ref('policy_review', z.object({ draft, revision: page })),
  away: ref('away', z.object({ page, note })),
  delegate: ref('delegate', z.object({ key: z.uuid() })),
  changeEnd: ref(
    'change_end',
    z.object({
      ...{ number, userId: id, key: z.uuid(), moved: z.boolean() },
      /** The end that was shown, and the day chosen instead, where the form is drawn again. */
      ...{ shown: z.string().max(40).nullable(), day: z.iso.date().optional() },
      asks: z.enum(['own', 'approval']).nullable(),
    }),
  ),
} as const;

/** A sentence as a note, which must fit into a view's metadata. */
export function noteOf(text: string): string {
  return truncate(text, LONGEST_NOTE);
}

/** What tells the blocks of a form drawn again from those drawn before: Slack keeps what stands in a block it knows. */
export function drawingOf(chosen: string | undefined): string {
  return chosen?.slice(0, 8) ?? '';
}

/** State of Manage Permissions when it is first opened for somebody. */
export function manageState(userId: number, from?: number): ManageState {
  return { userId, ...(from !== undefined && { from }), text: '', page: 0, application: null };
}

/** State of a person's card when it is first opened. */
export function personState(userId: number, note?: string): PersonState {
  return { userId, tab: 'overview', page: 0, ...(note !== undefined && { note: noteOf(note) }) };
}

/** State of the catalogue when it is first opened. */
export function catalogState(text = ''): CatalogState {
  return { tab: 'applications', text: text.slice(0, 200), page: 0, application: null };
}

/** State of a profile's screen when it is first opened. */
export function profileState(profileId: number, note?: string) {
  return {
    profileId,
    tab: 'permissions' as const,
    text: '',
    page: 0,
    ...(note !== undefined && { note: noteOf(note) }),
  };
}

/** State of a group's screen when it is first opened. */
export function groupState(groupId: number, note?: string) {
  return { groupId, text: '', page: 0, ...(note !== undefined && { note: noteOf(note) }) };
}

/** State of the package screen when it is first opened. */
export function packageState(number: number, note?: string) {
  return { number, tab: 'permissions' as const, text: '', page: 0, ...(note !== undefined && { note: noteOf(note) }) };
}
