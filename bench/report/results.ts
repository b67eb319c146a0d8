import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { renderReport } from './render-report.ts';
import type { MeasuredSection, Section } from './section.ts';

/** One section a line, so that a change of one shows as a change of one. */
const resultsPath = fileURLToPath(new URL('../results.jsonl', import.meta.url));
const pagePath = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

/** The machine in words. */
export const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;

/** How many processes wanted a core in the minute before the start: other work makes every figure less certain. */
const loadBefore = loadavg()[0]!.toFixed(1);

/** Keeps a section in place of the one of an earlier run, and writes docs/performance.md anew. */
export function keepSection(section: Section): void {
  const versions = { Node: process.version.slice(1), ...section.versions };
  const measured = { ...section, versions, machine, loadBefore, date: new Date().toISOString().slice(0, 10) };
  const others = readSections().filter(({ name }) => name !== section.name);
  const sections = [...others, measured];
  writeFileSync(resultsPath, sections.map((kept) => `${JSON.stringify(kept)}\n`).join(''));
  writeReport();
}

/** Writes docs/performance.md from the sections that are kept. */
export function writeReport(): void {
  writeFileSync(pagePath, renderReport(readSections()));
  console.log('written: docs/performance.md');
}

function readSections(): MeasuredSection[] {
  if (!existsSync(resultsPath)) return [];
  return readFileSync(resultsPath, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as MeasuredSection);
}
