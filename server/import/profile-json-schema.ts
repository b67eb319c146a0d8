import { z } from 'zod';
import { profileSchema } from './profile.ts';

/** The form of a profile as JSON Schema (draft 2020-12), as the text of data/profiles/profile.schema.json. */
export function profileJsonSchema(): string {
  const schema = z.toJSONSchema(profileSchema, { target: 'draft-2020-12', io: 'input' });
  const title = 'A profile of Hotspot: how one feed’s files are read';
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`;
}
