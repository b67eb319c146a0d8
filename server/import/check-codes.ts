import { InputError } from '../errors.ts';
import type { Profile } from './profile.ts';
import type { Taxonomy } from './taxonomy.ts';

/** Refuses a profile that names a mapping, a category or a flag which the taxonomy does not have. */
export function checkCodes({ category, flags }: Profile, taxonomy: Taxonomy): void {
  if (category.mapping !== undefined && !taxonomy.hasMapping(category.mapping)) {
    throw unknown(`category.mapping: there is no mapping "${category.mapping}"`);
  }
  const codes = [
    ...Object.values(category.words ?? {}),
    ...(category.rules ?? []).map(({ code }) => code),
    ...[category.otherwise ?? [], category.constant ?? []].flat(),
  ];
  const code = codes.find((one) => !taxonomy.hasCategory(one));
  if (code !== undefined) throw unknown(`category: there is no category "${code}"; /api/catalog lists the codes`);
  const flag = flags?.rules?.find((rule) => !taxonomy.hasFlag(rule.flag))?.flag;
  if (flag !== undefined) throw unknown(`flags: there is no flag "${flag}"; /api/catalog lists them`);
}

function unknown(message: string): InputError {
  return new InputError(message, { code: 'invalid-profile' });
}
