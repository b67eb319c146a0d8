import { computed, effect, signal, untracked } from '@preact/signals';
import type { ImportRequest, Preview, ReadingOptions, Upload } from '../../server/import-model.ts';
import { catalog } from '../data.ts';
import { fetchPreview, fetchProfile, importList } from './import-requests.ts';
import { createJobRunner, messageOf } from './job-runner.ts';
import { type Mapping, mappingFromProfile, profileFromMapping } from './mapping.ts';
import { type ProfileShape, profileSchema } from './profile-shape.ts';
import { uploadFile } from './upload-file.ts';

// What has been done on the page so far stays while one looks at the map: it lives here, not in the page.

/** The file: none, on its way, refused, or held by the service. */
export type FileState =
  | { readonly phase: 'none' }
  | { readonly phase: 'sending'; readonly name: string; readonly bytes: number; readonly share: number }
  | { readonly phase: 'failed'; readonly name: string; readonly error: string }
  | { readonly phase: 'held'; readonly upload: Upload };
export const file = signal<FileState>({ phase: 'none' });

/** How the table is read where the person knows better than the file says. */
export const reading = signal<ReadingOptions>({});
export type PreviewState = {
  readonly data: Preview | null;
  readonly loading: boolean;
  readonly error: string | null;
};
export const preview = signal<PreviewState>({ data: null, loading: false, error: null });

/** Where the mapping comes from: a saved profile, or what was recognised in the file (null). */
export type MappingState = {
  readonly saved: string | null;
  readonly base: ProfileShape;
  readonly original: Mapping;
  readonly mapping: Mapping;
};
export const mapped = signal<MappingState | null>(null);
export const mappingError = signal<string | null>(null);
/** Whether what the mapping lacks is shown: not before the trial was asked for. */
export const showGaps = signal(false);
/** Category words mapped by hand. */
export const words = signal<Readonly<Record<string, string>>>({});

export const trial = createJobRunner('trials');
export const importing = createJobRunner('imports');

/** Whether a profile that was opened has been changed since. */
export const isChanged = computed(() => {
  const now = mapped.value;
  return now !== null && JSON.stringify(now.mapping) !== JSON.stringify(now.original);
});

/** What the mapping says, as a profile. */
export const profile = computed<ProfileShape | null>(() => {
  const now = mapped.value;
  if (!now) return null;
  return now.saved && !isChanged.value ? now.base : profileFromMapping(now.base, now.mapping);
});

/** What would be asked of the service now; null while there is nothing to ask. */
export const request = computed<ImportRequest | null>(() => {
  const [now, held] = [mapped.value, file.value];
  if (!now || held.phase !== 'held' || !profile.value) return null;
  const asIs = now.saved !== null && !isChanged.value;
  return {
    upload: held.upload.upload,
    reading: reading.value,
    profile: asIs ? now.saved : profile.value,
    words: { ...words.value },
  };
});

/** All but the words: they change what incidents are called, not which are accepted. */
const tried = signal<string | null>(null);
const askedFor = computed(() => request.value && JSON.stringify({ ...request.value, words: null }));
/** Whether the trial on the page is of the mapping on the page. */
export const trialIsCurrent = computed(() => tried.value !== null && tried.value === askedFor.value);

let work = new AbortController();

/** Sends a file; whatever was on the page before makes room. */
export async function chooseFile(chosen: File): Promise<void> {
  startAgain();
  const { signal: abort } = work;
  const { name, size: bytes } = chosen;
  file.value = { phase: 'sending', name, bytes, share: 0 };
  try {
    const upload = await uploadFile(chosen, (share) => setShare(share), abort);
    file.value = { phase: 'held', upload };
    await readTable({});
  } catch (error) {
    if (!abort.aborted) file.value = { phase: 'failed', name, error: messageOf(error) };
  }
}

function setShare(share: number): void {
  if (file.value.phase === 'sending') file.value = { ...file.value, share };
}

/** Forgets the file and all that was made of it; an upload on its way ends. */
export function startAgain(): void {
  work.abort();
  work = new AbortController();
  file.value = { phase: 'none' };
  reading.value = {};
  preview.value = { data: null, loading: false, error: null };
  forgetMapping();
}

/** Reads the table anew: another sheet, encoding or delimiter. */
export async function readTable(options: ReadingOptions): Promise<void> {
  if (file.value.phase !== 'held') return;
  const { signal: abort } = work;
  reading.value = options;
  preview.value = { ...preview.value, loading: true, error: null };
  try {
    const data = await fetchPreview(file.value.upload.upload, options, abort);
    if (abort.aborted || reading.value !== options) return;
    preview.value = { data, loading: false, error: null };
    const [fitting] = data.fitting;
    if (fitting) await useSaved(fitting.name);
    else useProposal();
  } catch (error) {
    if (abort.aborted || reading.value !== options) return;
    preview.value = { data: null, loading: false, error: messageOf(error) };
    forgetMapping();
  }
}

/** Maps the columns as they were recognised in the file. */
export function useProposal(): void {
  const proposed = preview.value.data?.proposal;
  if (!proposed) return;
  forgetMapping();
  const parsed = profileSchema.safeParse(proposed.profile);
  if (parsed.success) setMapping(null, parsed.data);
  else mappingError.value = 'The mapping proposed for this file cannot be shown. Reload the page.';
}

/** Maps the columns as a saved profile does. */
export async function useSaved(name: string): Promise<void> {
  const { signal: abort } = work;
  forgetMapping();
  try {
    const saved = await fetchProfile(name, abort);
    if (!abort.aborted) setMapping(name, saved);
  } catch (error) {
    if (abort.aborted) return;
    useProposal();
    mappingError.value = messageOf(error);
  }
}

function setMapping(saved: string | null, base: ProfileShape): void {
  const mapping = mappingFromProfile(base);
  mapped.value = { saved, base, original: mapping, mapping };
}

function forgetMapping(): void {
  mapped.value = null;
  mappingError.value = null;
  showGaps.value = false;
  words.value = {};
  tried.value = null;
  trial.clear();
  importing.clear();
}

/** Changes parts of the mapping. */
export function changeMapping(change: Partial<Mapping>): void {
  const now = mapped.value;
  if (now) mapped.value = { ...now, mapping: { ...now.mapping, ...change } };
}

/** Says which category a word of the file is; without a code the word is left to the service again. */
export function mapWord(word: string, code: string | null): void {
  const { [word]: _, ...others } = words.value;
  words.value = code === null ? others : { ...others, [word]: code };
}

/** Tries the mapping on the whole file; nothing is stored. */
export async function runTrial(): Promise<void> {
  const asked = request.value;
  if (!asked) return;
  importing.clear();
  tried.value = askedFor.value;
  await trial.start(asked);
}

/** Imports the file; the pages show what is held then. */
export async function runImport(): Promise<void> {
  if (request.value) await importing.start(request.value);
}

/** The profile has been saved under a name: from here on it is that profile. */
export function markSaved(saved: ProfileShape): void {
  const now = mapped.value;
  if (!now) return;
  const mapping = mappingFromProfile(saved);
  const wasTried = trialIsCurrent.value;
  mapped.value = { saved: saved.name, base: saved, original: mapping, mapping };
  // The same mapping under a name: the trial still holds.
  if (wasTried) tried.value = askedFor.value;
}

/** Asks anew for what an import or its removal has changed. */
export function askAgain(): void {
  importList.retry();
  catalog.retry();
}

effect(() => {
  if (importing.state.value.phase === 'done') untracked(askAgain);
});
