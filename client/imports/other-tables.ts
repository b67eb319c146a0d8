import { computed, signal } from '@preact/signals';
import type { ImportSummary, Upload } from '../../server/import-model.ts';
import { askAgain, file, importing, reading, request } from './import-state.ts';
import { createJobRunner } from './job-runner.ts';

// A zip of months is one upload with a table for each: once one is in, the others can follow under the same mapping.

/** A table that was to follow: what came of it, or why it did not come in. */
export type FollowedTable = {
  readonly name: string;
  readonly summary: ImportSummary | null;
  readonly error: string | null;
};

/** What has followed so far, of which upload and after which first table; null before anything was asked for. */
export type Following = {
  readonly upload: string;
  readonly first: string;
  readonly tables: readonly string[];
  readonly done: readonly FollowedTable[];
  readonly cancelled: boolean;
};

const following = signal<Following | null>(null);
export const followRunner = createJobRunner('imports');

/** The tables that are like one by their names, months and numbers aside: `2024-02-cleveland-street.csv` beside January's. */
function tablesLike(upload: Upload, first: string): string[] {
  return upload.tables.map(({ name }) => name).filter((name) => name !== first && kindOf(name) === kindOf(first));
}

function kindOf(name: string): string {
  return (name.split('/').at(-1) ?? name).replaceAll(/\d+/g, '0').toLowerCase();
}

/** The tables that can follow the one that is in. */
export const others = computed<readonly string[]>(() => {
  const state = file.value;
  if (state.phase !== 'held' || state.upload.kind !== 'zip' || importing.state.value.phase !== 'done') return [];
  return tablesLike(state.upload, firstTable(state.upload));
});

/** What followed the table that is on the page; null when nothing has. */
export const followingNow = computed(() => {
  const [state, now] = [file.value, following.value];
  if (!now || state.phase !== 'held') return null;
  return now.upload === state.upload.upload && now.first === firstTable(state.upload) ? now : null;
});

function firstTable(upload: Upload): string {
  return reading.value.table ?? upload.tables[0]?.name ?? '';
}

/** Imports the others one after another, each whole or not at all; what one lacks does not keep back the next. */
export async function importOthers(): Promise<void> {
  const [state, asked, tables] = [file.value, request.value, others.value];
  if (state.phase !== 'held' || !asked) return;
  const { upload } = state.upload;
  following.value = { upload, first: firstTable(state.upload), tables, done: [], cancelled: false };
  for (const table of tables) {
    await followRunner.start({ ...asked, reading: { ...asked.reading, table } });
    // another file may have been chosen meanwhile
    if (following.value?.upload !== upload) return;
    const { phase, job, error } = followRunner.state.value;
    if (phase === 'cancelled' || phase === 'none') {
      following.value = { ...following.value, cancelled: true };
      break;
    }
    const outcome = { name: table, summary: job?.import ?? null, error };
    following.value = { ...following.value, done: [...following.value.done, outcome] };
  }
  askAgain();
}
