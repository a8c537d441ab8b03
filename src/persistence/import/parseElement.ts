import { z } from 'zod';
import type { Loose } from '../../engine/core/importFormat.ts';
import { describeIssue } from './describeIssue.ts';
import type { ProblemList } from './problems.ts';

/**
 * Reads one element by its schema. What is wrong is told; what is right of a wrong element is kept, so that other
 * elements which refer to it are not blamed too.
 */
export function parseElement<S extends z.ZodType>(
  schema: S,
  raw: unknown,
  place: string,
  problems: ProblemList,
): Loose<z.infer<S>> | undefined {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data as Loose<z.infer<S>>;
  const { error } = schema.safeParse(raw, { reportInput: true });
  for (const issue of error?.issues ?? []) {
    for (const { path, message } of describeIssue(schema, issue)) problems.add(placeOf(place, path), message);
  }
  return salvage(schema, raw) as Loose<z.infer<S>> | undefined;
}

/** The parts of `raw` that fit their schema; undefined stands in for those that do not. */
function salvage(schema: z.core.$ZodType, raw: unknown): unknown {
  const parsed = z.safeParse(schema, raw);
  if (parsed.success) return parsed.data;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return salvage(schema.unwrap(), raw);
  if (schema instanceof z.ZodArray && Array.isArray(raw)) return raw.map((part) => salvage(schema.element, part));
  if (schema instanceof z.ZodObject && typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
    const parts = raw as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(([key, part]) => [
        key,
        salvage(part, parts[key]),
      ]),
    );
  }
  return undefined;
}

function placeOf(place: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    place,
  );
}
