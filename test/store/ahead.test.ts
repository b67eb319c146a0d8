import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ahead } from '../../server/store/ahead.ts';

/** Items that note when each is asked for, when it is there, and the end. */
async function* noting(notes: string[], items: readonly (number | Error)[]): AsyncGenerator<number> {
  try {
    for (const item of items) {
      notes.push(`asked ${item}`);
      await soon();
      if (item instanceof Error) throw item;
      notes.push(`got ${item}`);
      yield item;
    }
  } finally {
    notes.push('closed');
  }
}

describe('working ahead', () => {
  it('asks for one item while the one before it is worked on, and for no more', async () => {
    const notes: string[] = [];
    for await (const item of ahead(noting(notes, [1, 2, 3]))) {
      notes.push(`begin ${item}`);
      for (let turn = 0; turn < 5; turn++) await soon();
      notes.push(`end ${item}`);
    }
    expect(notes).toEqual(
      'asked 1, got 1, asked 2, begin 1, got 2, end 1, asked 3, begin 2, got 3, end 2, closed, begin 3, end 3'.split(
        ', ',
      ),
    );
  });

  it('tells of a failure of the source after the items before it', async () => {
    const notes: string[] = [];
    const worked: number[] = [];
    const work = async () => {
      for await (const item of ahead(noting(notes, [1, new Error('Kaboom')]))) {
        for (let turn = 0; turn < 5; turn++) await soon();
        worked.push(item);
      }
    };
    await expect(work()).rejects.toThrow('Kaboom');
    expect([worked, notes.at(-1)]).toEqual([[1], 'closed']);
  });

  it('leaves nothing of the source under way when the work fails', async () => {
    const notes: string[] = [];
    const work = async () => {
      for await (const item of ahead(noting(notes, [1, 2, 3]))) throw new Error(`no ${item}`);
    };
    await expect(work()).rejects.toThrow('no 1');
    expect(notes).toEqual(['asked 1', 'got 1', 'asked 2', 'got 2', 'closed']);
  });
});
