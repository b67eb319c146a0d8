import type { z } from 'zod';
import { InputError } from '../errors.ts';

/** Longest value repeated in a message. */
const longest = 60;

/** Checks a profile against its schema; every fault is a line with the file, the property, its value and the remedy. */
export function parseProfile<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => describeIssue(issue, value, []));
  const message = `${where} is not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;
  throw new InputError(message, { code: 'invalid-profile', details: { faults }, cause: parsed.error });
}

function describeIssue(issue: z.core.$ZodIssue, root: unknown, parent: readonly PropertyKey[]): string[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of the ways to write a property, the one that came furthest says what is meant.
    const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(...issues.map(({ path }) => path.length));
    const deepest = issue.errors.reduce((best, next) => (depth(next) > depth(best) ? next : best));
    return deepest.flatMap((inner) => describeIssue(inner, root, path));
  }
  const name = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`),
    '',
  );
  const value = valueAt(root, path);
  const given = value === undefined ? '' : ` (given: ${shorten(JSON.stringify(value))})`;
  return [`${name || 'the profile'}: ${issue.message}${given}`];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
