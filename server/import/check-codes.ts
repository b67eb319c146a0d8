import { InputError } from '../errors.ts';
import type { Profile } from './profile.ts';
import type { Taxonomy } from './taxonomy.ts';

/** Refuses a profile that names a category, a flag or a mapping which the taxonomy lacks; names the property and the value. */
export function checkCodes(profile: Profile, taxonomy: Taxonomy): void {
  const { category, flags } = profile;
  const codes: [property: string, code: string | undefined][] = [
    ['category.constant', category.constant],
    ['category.otherwise', category.otherwise],
    ...Object.entries(category.words ?? {}).map(([word, code]): [string, string] => [
      `category.words["${word}"]`,
      code,
    ]),
    ...(category.rules ?? []).map(({ code }, index): [string, string] => [`category.rules[${index}].code`, code]),
  ];
  const faults = codes.flatMap(([property, code]) =>
    code === undefined || taxonomy.hasCategory(code) ? [] : [`${property}: ${noCategory(code, taxonomy)}`],
  );
  if (category.mapping !== undefined && !taxonomy.hasMapping(category.mapping)) {
    faults.push(`category.mapping: there is no file data/taxonomy/mappings/${category.mapping}.json; correct the name`);
  }
  (flags?.rules ?? []).forEach(({ flag }, index) => {
    if (taxonomy.hasFlag(flag)) return;
    const known = taxonomy.flags.map(({ code }) => code).join(', ');
    faults.push(`flags.rules[${index}].flag: there is no flag "${flag}"; choose one of ${known}`);
  });
  if (faults.length === 0) return;
  const message = `The profile ${profile.name} is not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;
  throw new InputError(message, { code: 'invalid-profile', details: { faults } });
}

/** Codes that begin alike are offered: most slips are at the end of a code. */
function noCategory(code: string, { categories }: Taxonomy): string {
  const [root = ''] = code.split('.');
  const near = categories.filter((known) => known.code === root || known.code.startsWith(`${root}.`));
  const offered = (near.length > 0 ? near : categories.filter((known) => !known.code.includes('.'))).slice(0, 12);
  return `there is no category "${code}"; choose one such as ${offered.map((known) => known.code).join(', ')}`;
}
