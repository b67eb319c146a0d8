import { computed } from '@preact/signals';
import { qualitySchema } from '../../server/import-model.ts';
import { catalogData } from '../data.ts';
import { importList } from '../imports/import-requests.ts';
import { createResource } from '../resource.ts';
import { view } from '../state.ts';
import type { ReportSubject } from '../view.ts';

/** What the report is of: as chosen, else the newest import that stands, else the first source. */
export const subject = computed<ReportSubject | null>(() => {
  if (view.value.report) return view.value.report;
  const { data, error } = importList.state.value;
  if (!data && !error) return null;
  const newest = data?.imports.find(({ removedAt }) => removedAt === null);
  if (newest) return { kind: 'import', id: newest.id };
  const source = catalogData.value?.sources[0];
  return source ? { kind: 'source', name: source.name } : null;
});

/** Where the report is, as JSON. */
export const reportUrl = computed(() => {
  if (view.value.page !== 'quality' || !subject.value) return null;
  const { value } = subject;
  if (value.kind === 'import') return `/api/imports/${value.id}/quality`;
  return `/api/sources/${encodeURIComponent(value.name)}/quality`;
});

export const report = createResource(() => reportUrl.value, qualitySchema);
