import { isObject, type JsonObject } from '../json.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/** Collects what is wrong, worded as Slack words it. */
export class Problems {
  readonly surface: Surface;
  readonly messages: string[] = [];

  constructor(surface: Surface) {
    this.surface = surface;
  }

  /** Notes a problem at a JSON pointer. */
  add(message: string, at: string): void {
    this.messages.push(`[ERROR] ${message} [json-pointer:${at}]`);
  }
}

/** Checks one value; `at` is its JSON pointer. */
export type Rule = (value: unknown, at: string, problems: Problems) => void;

/** The rules of an object's properties. */
export type Shape = Record<string, Rule>;

/** A string within its length. */
export function string(max: number, min = 1): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'string') return problems.add('must be a string', at);
    if (value.length < min) return problems.add(`must be more than ${min - 1} characters`, at);
    if (value.length > max) problems.add(`must be less than ${max + 1} characters`, at);
  };
}

/** A string of a certain form. */
export function pattern(form: RegExp, what: string): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'string' || !form.test(value)) problems.add(`must be ${what}`, at);
  };
}

/** An http(s) address within its length. */
export function address(max: number): Rule {
  const length = string(max);
  return (value, at, problems) => {
    length(value, at, problems);
    if (typeof value === 'string' && !/^(https?|mailto|slack):/.test(value)) problems.add('must be a valid URL', at);
  };
}

/** True or false. */
export const flag: Rule = (value, at, problems) => {
  if (typeof value !== 'boolean') problems.add('must be a boolean', at);
};

/** A whole number within its bounds. */
export function integer(min: number, max: number): Rule {
  return (value, at, problems) => {
    if (!Number.isInteger(value)) return problems.add('must be an integer', at);
    if (Number(value) < min) problems.add(`must be greater than or equal to ${min}`, at);
    if (Number(value) > max) problems.add(`must be less than or equal to ${max}`, at);
  };
}

/** One of some words. */
export function oneOf(...words: string[]): Rule {
  return (value, at, problems) => {
    if (!words.includes(String(value))) problems.add(`must be a valid enum value: ${words.join(', ')}`, at);
  };
}

/** A list within its length, each item by the same rule. */
export function list(min: number, max: number, of: Rule): Rule {
  return (value, at, problems) => {
    if (!Array.isArray(value)) return problems.add('must be an array', at);
    if (value.length < min) problems.add(`must provide at least ${min} items`, at);
    if (value.length > max) problems.add(`no more than ${max} items allowed`, at);
    value.forEach((item, index) => {
      of(item, `${at}/${index}`, problems);
    });
  };
}

/** An object with nothing but these properties; `null` counts as absent. */
export function record(required: Shape, optional: Shape = {}): Rule {
  const shape = { ...required, ...optional };
  return (value, at, problems) => {
    if (!isObject(value)) return problems.add('must be an object', at);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined || value[name] === null) problems.add(`missing required field: ${name}`, at);
    }
    for (const [name, property] of Object.entries(value)) {
      const rule = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (!rule) problems.add(`invalid additional property: ${name}`, at);
      else if (property !== null && property !== undefined) rule(property, `${at}/${name}`, problems);
    }
  };
}

/** Several rules on the same value. */
export function all(...rules: Rule[]): Rule {
  return (value, at, problems) => {
    for (const rule of rules) rule(value, at, problems);
  };
}

/** A rule on an object that its shape cannot tell. */
export function also(check: (value: JsonObject, at: string, problems: Problems) => void): Rule {
  return (value, at, problems) => {
    if (isObject(value)) check(value, at, problems);
  };
}
