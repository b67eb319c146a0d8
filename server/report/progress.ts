import { Presets, SingleBar } from 'cli-progress';

/** Where a command tells how far it is: a bar on a terminal, plain lines elsewhere. */
export type Progress = {
  update(done: { readonly rowsRead: number; readonly bytesRead: number; readonly bytesTotal: number | null }): void;
  end(): void;
};

const millisecondsBetweenLines = 5000;

/** Progress of one file, on standard error so that standard output holds results only. */
export function fileProgress(name: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(name, stream) : lines(name, stream);
}

function bar(name: string, stream: NodeJS.WriteStream): Progress {
  const single = new SingleBar(
    { format: '{name} {bar} {percentage}% {rows} rows', stream, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  single.start(1, 0, { name, rows: '0' });
  return {
    update: ({ rowsRead, bytesRead, bytesTotal }) =>
      single.update(bytesTotal ? Math.min(1, bytesRead / bytesTotal) : 0, { rows: rowsRead.toLocaleString('en-GB') }),
    end: () => single.stop(),
  };
}

function lines(name: string, stream: NodeJS.WriteStream): Progress {
  let last = Date.now();
  return {
    update({ rowsRead, bytesRead, bytesTotal }) {
      if (Date.now() - last < millisecondsBetweenLines) return;
      last = Date.now();
      const share = bytesTotal ? `, ${Math.floor((bytesRead / bytesTotal) * 100)} %` : '';
      stream.write(`${name}: ${rowsRead.toLocaleString('en-GB')} rows read${share}\n`);
    },
    end() {},
  };
}
