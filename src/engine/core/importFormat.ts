import { z } from 'zod';
import { META_PERMISSIONS } from './metaPermissions.ts';
import { ALL_STRUCTURES, STRUCTURE_CODE } from './parameter.ts';

/**
 * The import format: one JSON object with the sections below. The schemas judge one element at a time, without
 * knowledge of the others; what an element refers to is checked where the whole file is known.
 */

/** Package numbers stay well inside PostgreSQL's integer. */
const LARGEST_NUMBER = 999_999_999;
const LONGEST_CODE = 100;
const LONGEST_NAME = 300;
const LONGEST_TEXT = 5_000;

const tooLong = (longest: number) => `is longer than ${longest} characters`;

/** One line that PostgreSQL can store: no control characters, no half of a surrogate pair. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;
const MANY_LINES = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;

const line = z.string().regex(ONE_LINE, 'has characters that cannot be shown (line breaks, control characters)');
const name = line.max(LONGEST_NAME, tooLong(LONGEST_NAME)).regex(/\S/, 'is empty');
const code = z
  .string()
  .refine(isCode, `should be a code: at most ${LONGEST_CODE} characters, no comma, no spaces at its ends, not *`);
const parameterCode = z
  .string()
  .refine((text) => text === ALL_STRUCTURES || isCode(text), 'should be the code of a structure, or *');
const level = z
  .string()
  .refine(isLevel, `should be a value: at most ${LONGEST_CODE} characters, no spaces at its ends`);
const slackUserId = z.string().regex(/^[UW][A-Z0-9]{1,40}$/, 'should be a Slack user id, like U012AB3CD');
const timeZone = line.refine(isTimeZone, 'should be an IANA time zone, like Europe/Madrid');
const source = z.string().regex(/^(?:manual|package:[1-9]\d{0,8})$/, 'should be manual or package:N');

/** Value and parameter of a permission, as four sections name them. */
const grant = { value: level, param: z.array(parameterCode).default([]) };

const organization = z.strictObject({ name, timeZone, locale: z.enum(['en', 'es']) });
const structure = z.strictObject({ code, name, parent: code.nullable() });
const user = z.strictObject({
  ...{ code, name, email: line.max(320, tooLong(320)), structure: code },
  slackUserId: slackUserId.optional(),
  founder: z.boolean().default(false),
  // Absent: whoever is marked as having left stays so
  left: z.boolean().optional(),
});
const group = z.strictObject({ code, name, members: z.array(code) });
const permission = z.strictObject({
  ...{ key: code, name, main: z.boolean().default(false) },
  levels: z.array(level).min(1, 'is empty: a permission has at least one value'),
  scope: z.enum(['none', 'structures']),
});
const application = z.strictObject({ key: code, name, permissions: z.array(permission) });
const packagePermission = z.strictObject({
  ...{ application: code, permission: code, ...grant },
  removed: z.boolean().default(false),
});
const packageElement = z.strictObject({
  number: z.int('should be a whole number').min(1, 'is below 1').max(LARGEST_NUMBER, `is above ${LARGEST_NUMBER}`),
  name,
  description: z
    .string()
    .max(LONGEST_TEXT, tooLong(LONGEST_TEXT))
    .regex(MANY_LINES, 'has characters that cannot be shown'),
  ...{ structures: z.array(code), state: z.enum(['active', 'disabled']) },
  ...{ permissions: z.array(packagePermission), members: z.array(code), former: z.array(code) },
});
const authorization = z.strictObject({
  ...{ user: code, application: code, permission: code, ...grant, active: z.boolean(), source },
  disabledBy: z.enum(['manual', 'unassignment', 'removal']).optional(),
});
const profilePermission = z.strictObject({ permission: code, ...grant });
const profile = z.strictObject({
  ...{ application: code, name, permissions: z.array(profilePermission), users: z.array(code) },
});
const rule = z.strictObject({
  ...{ name, group: code.optional(), structure: code.optional(), application: code, permission: code, ...grant },
});
const administrator = z.strictObject({ user: code, metaPermissions: z.array(z.enum(META_PERMISSIONS)) });

/** The section that is one object; every other section is a list of elements. */
export const ORGANIZATION_SECTION = organization;

/** What an element of each list section looks like. */
export const ELEMENTS = {
  structures: structure,
  users: user,
  groups: group,
  applications: application,
  packages: packageElement,
  authorizations: authorization,
  profiles: profile,
  rules: rule,
  administrators: administrator,
} as const;

export type ListSection = keyof typeof ELEMENTS;
export type Section = ListSection | 'organization';

/** Every section, in the order in which the format names them. All are required. */
export const SECTIONS = ['organization', ...(Object.keys(ELEMENTS) as ListSection[])] as const;

export type OrganizationHeader = z.infer<typeof ORGANIZATION_SECTION>;
export type Element<S extends ListSection> = z.infer<(typeof ELEMENTS)[S]>;

/** A value whose parts may be missing: what is left of an element once its wrong parts are taken out. */
export type Loose<T> = T extends readonly (infer E)[]
  ? (Loose<E> | undefined)[]
  : T extends object
    ? { [K in keyof T]?: Loose<T[K]> | undefined }
    : T;

/** The number of the package that a source names; null for `manual`. */
export function packageOfSource(text: string): number | null {
  return text === 'manual' ? null : Number(text.slice('package:'.length));
}

/** Whether a text may be a code. One test for all conditions: files have millions of codes. */
export function isCode(text: string): boolean {
  return text.length <= LONGEST_CODE && STRUCTURE_CODE.test(text) && ONE_LINE.test(text);
}

/** Whether a text may be a value of a permission. */
export function isLevel(text: string): boolean {
  return text !== '' && text.length <= LONGEST_CODE && text.trim() === text && ONE_LINE.test(text);
}

function isTimeZone(text: string): boolean {
  // Offsets such as +02:00 are accepted by Intl, and are not places
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
