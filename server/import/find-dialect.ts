/** How a text file sets out its table. */
export type Dialect = { readonly delimiter: string; readonly newline: '\n' | '\r' };

/** The delimiters tried, the likeliest first; others can be told. */
const delimiters = [',', ';', '\t', '|', '^', '~'] as const;

const separatorLine = /^"?sep=([^\p{L}\p{N} "])"?$/iu;

/** Tells delimiter and line end from the first part of a file: the delimiter that cuts the header into most columns. */
export function findDialect(sample: string): Dialect {
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r';
  const header = firstLine(sample, newline);
  const declared = declaredDelimiter(header);
  if (declared) return { delimiter: declared, newline };
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, 'x');
  const count = (delimiter: string) => bare.split(delimiter).length;
  const delimiter = delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
  return { delimiter, newline };
}

/** The delimiter named by a spreadsheet's `sep=;` line, or null when the line is something else. */
export function declaredDelimiter(line: string): string | null {
  return separatorLine.exec(line.trim())?.[1] ?? null;
}

/** The first line with anything in it; a quoted newline belongs to the line. */
function firstLine(sample: string, newline: string): string {
  let start = 0;
  let quoted = false;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === '"') quoted = !quoted;
    if (sample[i] !== newline || quoted) continue;
    const line = sample.slice(start, i);
    if (line.trim() !== '') return line;
    start = i + 1;
  }
  return sample.slice(start);
}
