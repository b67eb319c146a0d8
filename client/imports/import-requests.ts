import { z } from 'zod';
import {
  type ImportRequest,
  importListSchema,
  type Job,
  jobSchema,
  type Preview,
  previewSchema,
  type ReadingOptions,
  type Removal,
  removalSchema,
  taxonomySchema,
} from '../../server/import-model.ts';
import { getJson, sendJson } from '../api.ts';
import { queryText } from '../filter-query.ts';
import { createResource } from '../resource.ts';
import { view } from '../state.ts';
import { type ProfileShape, profileSchema } from './profile-shape.ts';

const never = new AbortController().signal;
export type CategoryName = z.infer<typeof taxonomySchema>['categories'][number];

/** All imports, the newest first; asked for on the pages about them. */
export const importList = createResource(() => (view.value.page === 'map' ? null : '/api/imports'), importListSchema);
/** All categories there are, held or not. */
export const taxonomy = createResource(() => (view.value.page === 'import' ? '/api/taxonomy' : null), taxonomySchema);

/** The first rows of an uploaded table and a proposal for its mapping. */
export function fetchPreview(upload: string, reading: ReadingOptions, signal: AbortSignal): Promise<Preview> {
  const query = queryText(Object.entries(reading).filter((entry): entry is [string, string] => Boolean(entry[1])));
  return getJson(`/api/uploads/${encodeURIComponent(upload)}/preview${query && `?${query}`}`, previewSchema, signal);
}

/** A saved profile. */
export function fetchProfile(name: string, signal: AbortSignal): Promise<ProfileShape> {
  return getJson(`/api/profiles/${encodeURIComponent(name)}`, profileSchema, signal);
}

/** Keeps a profile under its name. */
export async function keepProfile(profile: ProfileShape): Promise<void> {
  await sendJson('PUT', `/api/profiles/${encodeURIComponent(profile.name)}`, profile, z.unknown(), never);
}

/** Begins a trial run or an import. */
export function startJob(kind: 'trials' | 'imports', request: ImportRequest, signal: AbortSignal): Promise<Job> {
  return sendJson('POST', `/api/${kind}`, request, jobSchema, signal);
}

/** How far a job is. */
export function fetchJob(job: string, signal: AbortSignal): Promise<Job> {
  return getJson(`/api/jobs/${encodeURIComponent(job)}`, jobSchema, signal);
}

/** Ends a job: nothing of an import that is cancelled stays. */
export async function cancelJob(job: string): Promise<void> {
  await sendJson('DELETE', `/api/jobs/${encodeURIComponent(job)}`, undefined, z.unknown(), never);
}

/** What removing an import would do. */
export function fetchRemoval(id: number, signal: AbortSignal): Promise<Removal> {
  return getJson(`/api/imports/${id}/removal`, removalSchema, signal);
}

/** Removes an import. */
export function removeImport(id: number): Promise<Removal> {
  return sendJson('DELETE', `/api/imports/${id}`, undefined, removalSchema, never);
}
