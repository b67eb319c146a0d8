import { Presets, SingleBar } from 'cli-progress';

/** Where a download tells how far it is: a bar on a terminal, plain lines elsewhere. */
export type DownloadProgress = {
  /** `share` of 1, and the same in words. */
  update(share: number, words: string): void;
  /** Prints a line that stays, such as why it waits. */
  note(line: string): void;
  end(): void;
};

const millisecondsBetweenLines = 5000;

/** Progress of a download, on standard error so that standard output holds results only. */
export function downloadProgress(name: string, stream: NodeJS.WriteStream = process.stderr): DownloadProgress {
  return stream.isTTY ? bar(name, stream) : lines(name, stream);
}

function bar(name: string, stream: NodeJS.WriteStream): DownloadProgress {
  const single = new SingleBar(
    { format: `${name} {bar} {words}`, stream, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  single.start(1, 0, { words: '' });
  return {
    update: (share, words) => single.update(share, { words }),
    note: (line) => {
      single.stop();
      stream.write(`${line}\n`);
      single.start(1, 0, { words: '' });
    },
    end: () => single.stop(),
  };
}

function lines(name: string, stream: NodeJS.WriteStream): DownloadProgress {
  let last = Date.now();
  return {
    update(_share, words) {
      if (Date.now() - last < millisecondsBetweenLines) return;
      last = Date.now();
      stream.write(`${name}: ${words}\n`);
    },
    note: (line) => void stream.write(`${name}: ${line}\n`),
    end() {},
  };
}
