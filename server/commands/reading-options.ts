import { type ReadingOptions, readingOptionsSchema } from '../import-model.ts';
import { type Arguments, UsageError } from './command.ts';

/** Options of commands that read a table, for where a person knows better than the file says. */
export const readingOptions = {
  table: { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
} as const;

/** How a delimiter that a shell makes hard to type is called. */
const delimiterNames: Readonly<Record<string, string>> = { tab: '\t', comma: ',', semicolon: ';', bar: '|' };

const encodings = readingOptionsSchema.shape.encoding.unwrap().options;

/** The reading options of a command line; throws a `UsageError` with the values there are. */
export function readReadingOptions({ values }: Arguments): ReadingOptions {
  const { table, encoding, delimiter } = values;
  const given = { table, encoding, delimiter: delimiterNames[String(delimiter)] ?? delimiter };
  const parsed = readingOptionsSchema.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (parsed.success) return parsed.data;
  if (parsed.error.issues[0]?.path[0] === 'encoding') {
    throw new UsageError(`--encoding: "${encoding}" is not one of ${encodings.join(', ')}`);
  }
  throw new UsageError(`--delimiter: "${delimiter}" is not comma, semicolon, tab, bar or a single sign such as ^`);
}
