import type { Filter } from '../../server/model.ts';

/** A filter to count under, in words and as the service parses it. */
export type NamedFilter = { readonly name: string; readonly filter: Filter };

const violence = ['violence.violence-and-sexual-offences'];
const antisocial = ['asb.anti-social-behaviour'];
const ward = [{ layer: 'ward', code: 'E05013049' }];
const nightHours = [0, 1, 2, 3, 22, 23];

/** Twelve filters from narrow to none. The published months are March 2021 to March 2022. */
export const filters = [
  {
    name: 'violence in one ward, one month, at night',
    filter: { areas: ward, categories: violence, from: '2021-07-01', to: '2021-07-31', hours: nightHours },
  },
  { name: 'one ward', filter: { areas: ward } },
  {
    name: 'burglary in one week',
    filter: { categories: ['crime.burglary'], from: '2021-11-01', to: '2021-11-07' },
  },
  { name: 'drugs in one month', filter: { categories: ['crime.drugs'], from: '2021-10-01', to: '2021-10-31' } },
  {
    name: 'antisocial behaviour and damage in three months',
    filter: {
      categories: [...antisocial, 'crime.criminal-damage-and-arson'],
      from: '2021-06-01',
      to: '2021-08-31',
    },
  },
  {
    name: 'violence on weekend nights',
    filter: { categories: violence, weekdays: ['fri', 'sat'], hours: nightHours },
  },
  { name: 'one month', filter: { from: '2021-09-01', to: '2021-09-30' } },
  {
    name: 'school days from 15 to 18 hours',
    filter: { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: [15, 16, 17, 18] },
  },
  { name: 'violence', filter: { categories: violence } },
  { name: 'evenings from 18 to 23 hours', filter: { hours: [18, 19, 20, 21, 22, 23] } },
  { name: 'a year', filter: { from: '2021-04-01', to: '2022-03-31' } },
  { name: 'everything', filter: {} },
] as const satisfies readonly NamedFilter[];

export type FilterName = (typeof filters)[number]['name'];

/** The filter by which growth is shown: neither narrow nor wide. */
export const middleFilter: NamedFilter = filters[5];
