import type { ComponentChildren } from 'preact';
import type { Quality } from '../../server/import-model.ts';
import { formatCount, formatIncidents } from '../format.ts';
import { formatMoment } from '../imports/format-moment.ts';
import { hitRateSentence, placedRows } from '../imports/outcome-words.ts';
import { AreaCounts } from './area-counts.tsx';
import { duplicateSentences, monthSentences, precisionRows, stackedSentence, withinLabel } from './quality-words.ts';
import { ShareTable } from './share-table.tsx';
import { VolumeChart } from './volume-chart.tsx';

/** How good a source or an import is, in short sentences with their tables. */
export function QualityReport({ quality }: { readonly quality: Quality }) {
  const { source, incidents, notes, completeness, months, unmapped, areas } = quality;
  const file = quality.import;
  return (
    <div class="report">
      <h2>{file ? file.fileName : source}</h2>
      <p class="muted">
        {file ? `${source}, imported on ${formatMoment(file.finishedAt)}` : 'All imports of the source'}
      </p>
      <p class="headline">{formatIncidents(incidents)}.</p>
      {notes.length > 0 && (
        <div class="notice">
          <h3>What to know first</h3>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
      <Section title="Place">
        <Place quality={quality} />
      </Section>
      <Section title="Time">
        <Time quality={quality} />
      </Section>
      <Section title="Months">
        <Sentences texts={monthSentences(quality)} />
        {months.length > 1 && <VolumeChart months={months} />}
      </Section>
      {completeness.length > 0 && (
        <Section title="Completeness by column">
          <ShareTable
            caption="How many rows have the column filled in"
            head="Column"
            counted="Filled in"
            rows={completeness.map(({ column, filled }) => ({ label: column, count: filled }))}
            whole={completeness[0]?.rows ?? 0}
          />
        </Section>
      )}
      <Section title="Words without a category">
        {unmapped.length === 0 ? <p>None: every word has its category.</p> : <Unmapped words={unmapped} />}
      </Section>
      <Section title="Duplicates">
        <Sentences texts={duplicateSentences(quality)} />
      </Section>
      {areas && (
        <Section title="By area">
          <AreaCounts areas={areas} />
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="report-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Sentences({ texts }: { readonly texts: readonly string[] }) {
  return (
    <>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </>
  );
}

function Place({ quality }: { readonly quality: Quality }) {
  const { placed, hitRate, acceptableHitRate, masked, placePrecision, stacked, incidents } = quality;
  return (
    <>
      <p>{hitRateSentence(hitRate, acceptableHitRate)}</p>
      {masked > 0 && (
        <p>
          {formatCount(masked)} {masked === 1 ? 'row has' : 'rows have'} coordinates masked on purpose, such as 376***.
        </p>
      )}
      <ShareTable
        caption="How incidents are placed"
        head="Placed"
        counted="Incidents"
        rows={placedRows(placed)}
        whole={incidents}
      />
      {placePrecision.length > 0 && (
        <>
          <h4>How closely places are known</h4>
          <ShareTable
            caption="How closely places are known"
            head="Known"
            counted="Incidents"
            rows={placePrecision.map(({ metres, incidents: count }) => ({ label: withinLabel(metres), count }))}
            whole={incidents}
          />
        </>
      )}
      <h4>Incidents on the same point</h4>
      <p>{stackedSentence(quality)}</p>
      {stacked.places.length > 0 && (
        <ShareTable
          caption="The commonest points"
          head="Place"
          counted="Incidents"
          rows={stacked.places.map(({ location, incidents: count }) => ({
            label: location || 'Without words for the place',
            count,
          }))}
          whole={incidents}
        />
      )}
    </>
  );
}

function Time({ quality }: { readonly quality: Quality }) {
  const { ranges } = quality.timePrecision;
  return (
    <>
      <ShareTable
        caption="How closely times are known"
        head="Known"
        counted="Incidents"
        rows={precisionRows(quality)}
        whole={quality.incidents}
      />
      {ranges > 0 && (
        <p class="note">
          {formatIncidents(ranges)} happened some time between two times, and {ranges === 1 ? 'counts' : 'count'} with a
          share in every hour of it.
        </p>
      )}
    </>
  );
}

function Unmapped({ words }: { readonly words: Quality['unmapped'] }) {
  const all = words.reduce((sum, { incidents }) => sum + incidents, 0);
  return (
    <ShareTable
      caption="Words without a category"
      head="Word in the file"
      counted="Incidents"
      rows={words.map(({ word, incidents }) => ({ label: word || 'Empty', count: incidents }))}
      whole={all}
    />
  );
}
