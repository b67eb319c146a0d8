/** How counting is compared, for the report. */
export function scaleMethod(rememberedMilliseconds: number): string[] {
  return [
    `**Data.** 4.7 million published street-level rows of 41 forces (March 2021 to March 2022, of data.police.uk), repeated to
ten million: the first copy stands on the published points, each point of the second and third is moved by 10 to 60 m in a
direction of its own, the same for all its rows, so that incidents pile up on points as published ones do. Days and hours
come from a seeded hour-of-week profile, since published rows have a month only. **So the data are derived**: where
incidents pile up is as published, their number and their hours are not. Wards are those of the four authorities of the Tees.`,
    `**Ours** is \`sumCells\` in the service's own process and threads, with nothing remembered: filter compiled, incidents
counted by the runs of neighbours in one cell. Cells and runs are there, as they are after the first request. The same question asked
again is remembered: ${rememberedMilliseconds.toFixed(4)} ms.`,
    `**SQL** is the same PostgreSQL server, asked for counts by cell from a table that holds what is needed and nothing else
(three cells, day, hour of week, category, ward), in the order of the cells, vacuumed and warm, with two parallel workers.
For each filter and resolution the quickest of four ways to plan is taken. Kept are seven covering indexes for each
resolution, which make every scan index-only: by cell; by cell with the rest; by category and cell; the same with the rest;
by category, day and hour; by day; by ward. Tried
by hand on a busy machine, a few runs each, and left out: a copy in the order of days with a BRIN index (no quicker
for a month and half as quick for a year, since groups then jump about in the hash table); bitmap scans (less than half as
quick); indexes that begin with the hour of week (one that begins with the cell gives groups in order); compiled plans
(\`jit\`: equal or slower); and counts rolled up beforehand by cell, day, hour and category, which saves 0.7 % of the rows at
resolution 9 and 7 % at 7.`,
    `**DuckDB** holds the same rows in memory and uses all cores. Of three orders (by cell, day, category) and two ways to
group the quickest is taken for each filter and resolution. Cells are numbered from 0 on, and the limit up to which DuckDB
groups in an array instead of a hash table is raised: together these made wide filters 1.7 to 4 times as quick as H3's own
64-bit numbers when tried by hand. The hour of day is a column of its own. A database in a file, tried once, was slower for
wide filters and much the same for others.`,
    `**The bare loop** is written by hand for each filter over plain typed arrays of the same rows, with the filter's values
in the code, reading only the columns it needs, on one core. It answers that one question and no other.`,
    `All four were first checked to give the same count in every cell, for every filter and resolution. Databases add their
counts up to one row, so that fetching the answer costs them nothing. Each figure is the median of nine runs (of at
least five, where they come to more than three seconds), after two that do not count.`,
  ];
}
