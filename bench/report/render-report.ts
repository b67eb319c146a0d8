import type { Aim, Figure, MeasuredSection, Table } from './section.ts';

/** The order in which sections are told; those not named follow. */
const order = ['scale', 'load', 'growth', 'tiles', 'herd', 'waits', 'browser'];

const opening = `# Performance

What counting costs, measured beside what people would otherwise use. \`npm run bench -- scale load growth\` measures anew
and writes this page; \`npm run bench -- report\` writes it from what was measured last. Do not edit it by hand.

Read the ratios. Each compares two things measured in one run on one machine; the milliseconds beside them belong to that
machine and that day. Other work on the machine slows some more than others: the load average at the start is named with
each section, and tells nothing of what came later.
`;

/** The page that tells all sections. */
export function renderReport(sections: readonly MeasuredSection[]): string {
  const rank = ({ name }: MeasuredSection) => (order.includes(name) ? order.indexOf(name) : order.length);
  const sorted = [...sections].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return [opening, ...sorted.map(renderSection)].join('\n');
}

function renderSection(section: MeasuredSection): string {
  const { title, aims, method, tables, figures = [] } = section;
  const blocks = [
    `## ${title}`,
    ...(aims.length > 0 ? [renderAims(aims)] : []),
    ...figures.map(renderFigure),
    ...tables.map(renderTable),
    ...method,
    whereMeasured(section),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function renderAims(aims: readonly Aim[]): string {
  const rows = aims.map(({ what, aim, found, met }) => [what, aim, found, met ? 'met' : '**not met**']);
  return tableLines(['', 'aim', 'found', ''], rows).join('\n');
}

function renderFigure({ file, alt }: Figure): string {
  return `![${alt}](${file})`;
}

function renderTable({ caption, columns, rows }: Table): string {
  return [`${caption}:`, '', ...tableLines(columns, rows)].join('\n');
}

function tableLines(columns: readonly string[], rows: Table['rows']): string[] {
  const line = (values: readonly (string | number)[]) => `| ${values.join(' | ')} |`;
  const isNumeric = (column: number) => rows.every((row) => /^[–\d]/.test(String(row[column])));
  const rule = columns.map((_, column) => (column > 0 && isNumeric(column) ? '--:' : '---'));
  return [line(columns), line(rule), ...rows.map(line)];
}

function whereMeasured({ date, machine, loadBefore, versions = {} }: MeasuredSection): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `*Measured on ${inWords(date)}: ${machine}, load average ${loadBefore} at the start; ${names.join(', ')}.*`;
}

function inWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
}
