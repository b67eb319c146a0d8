import { basename } from 'node:path';
import type { Profile } from './profile.ts';

/** The month a file says in its name that it covers, `2023-01`; null when its profile's files say nothing of the kind. */
export function coveredMonth(profile: Pick<Profile, 'covers'>, fileName: string): string | null {
  if (profile.covers !== 'month') return null;
  return /(?<!\d)\d{4}-(?:0[1-9]|1[0-2])(?!\d)/.exec(basename(fileName))?.[0] ?? null;
}

/** Whether a file of a folder or zip is one the profile is for; capitals do not matter, a * stands for anything. */
export function isFileOf(profile: Pick<Profile, 'files'>, fileName: string): boolean {
  const name = basename(fileName.replaceAll('\\', '/')).toLowerCase();
  return profile.files === undefined || profile.files.some((pattern) => matches(pattern.toLowerCase(), name));
}

/** Without a regular expression: a pattern comes from a file of the user's, and some expressions take for ever. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
