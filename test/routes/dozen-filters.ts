/** A dozen filters of every kind on the demo. */
export const dozenFilters: readonly Readonly<Record<string, string>>[] = [
  {},
  { categories: 'violence' },
  { categories: 'asb.nuisance,fire' },
  { from: '2018-01-01', to: '2018-12-31' },
  { from: '2018-02-14', to: '2018-02-14' },
  { to: '2017-03-31', compare: 'previous-period' },
  { hours: '18-23,0-3', weekdays: 'fri,sat' },
  { weekdays: 'mon,tue,wed,thu' },
  { flags: 'domestic' },
  { flags: '-domestic', categories: 'violence' },
  { area: 'ward:E05008951,ward:E05008945' },
  { area: 'ward:E05008951', from: '2018-01-01', to: '2018-12-31', compare: 'previous-year' },
  { categories: 'fire.secondary', hours: '17-23', from: '2018-03-05', to: '2018-10-09', compare: 'previous-year' },
];
