import { z } from 'zod';

interface Described {
  path: PropertyKey[];
  message: string;
}

/** Puts an issue of zod into the words that the person with the file needs. One for each unknown field. */
export function describeIssue(schema: z.core.$ZodType, issue: z.core.$ZodIssue): Described[] {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = fieldsAt(schema, issue.path).join(', ');
      return issue.keys.map((key) => ({ path: [...issue.path, key], message: `is not a known field (${known})` }));
    }
    case 'invalid_type':
      return [{ path: issue.path, message: describeType(issue.expected, issue.input) }];
    case 'invalid_value': {
      const message =
        issue.input === undefined ? 'is missing' : `${quote(issue.input)} is not one of ${issue.values.join(', ')}`;
      return [{ path: issue.path, message }];
    }
    default: {
      const shown = typeof issue.input === 'string' && issue.input.length <= 100 ? `${quote(issue.input)} ` : '';
      return [{ path: issue.path, message: `${shown}${issue.message}` }];
    }
  }
}

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function describeType(expected: string, input: unknown): string {
  if (input === undefined) return 'is missing';
  return `should be ${TYPES[expected] ?? expected}, not ${typeOf(input)}`;
}

function typeOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'an object';
  return quote(input);
}

function quote(input: unknown): string {
  const text = JSON.stringify(input);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Names of the fields that the object at `path` may have. */
function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const part of path) {
    if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodObject) at = (at.shape as Record<string, z.core.$ZodType>)[String(part)];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
