/** Writes data/profiles/profile.schema.json anew, from the schema that the service checks profiles by. */
import { writeFileSync } from 'node:fs';
import { profileJsonSchema } from '../server/import/profile-json-schema.ts';

writeFileSync(new URL('../data/profiles/profile.schema.json', import.meta.url), profileJsonSchema());
console.log('data/profiles/profile.schema.json describes profiles as they are now.');
