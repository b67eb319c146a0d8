import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fileProgress } from '../../server/report/progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that is no terminal, and what was written to it. */
function plainStream() {
  const written: string[] = [];
  const stream = { isTTY: false, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, written };
}

it('writes a plain line every five seconds where there is no terminal, and no bar', () => {
  const { stream, written } = plainStream();
  const progress = fileProgress('january.csv', stream);
  progress.update({ rowsRead: 10, bytesRead: 1, bytesTotal: 4 });
  expect(written).toEqual([]);
  vi.advanceTimersByTime(5001);
  progress.update({ rowsRead: 12_345, bytesRead: 1, bytesTotal: 4 });
  progress.update({ rowsRead: 12_346, bytesRead: 2, bytesTotal: 4 });
  progress.end();
  expect(written).toEqual(['january.csv: 12,345 rows read, 25 %\n']);
});

it('gives no share of a stream whose length nobody knows', () => {
  const { stream, written } = plainStream();
  const progress = fileProgress('standard input', stream);
  vi.advanceTimersByTime(5001);
  progress.update({ rowsRead: 7, bytesRead: 100, bytesTotal: null });
  expect(written).toEqual(['standard input: 7 rows read\n']);
});
