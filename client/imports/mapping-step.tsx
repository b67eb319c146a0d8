import type { Catalog } from '../../server/model.ts';
import { CategoryChoice } from './category-choice.tsx';
import { ColumnSelect } from './column-select.tsx';
import { ColumnsField } from './columns-field.tsx';
import { DatesField } from './dates-field.tsx';
import { Field } from './field.tsx';
import { taxonomy } from './import-requests.ts';
import { changeMapping, mapped, mappingError, preview, showGaps } from './import-state.ts';
import type { Mapping } from './mapping.ts';
import { type MappingGaps, mappingGaps } from './mapping-gaps.ts';
import { PlacesField } from './places-field.tsx';
import { ProfileChoice } from './profile-choice.tsx';
import { Problem } from './run-progress.tsx';
import { SourceFields } from './source-fields.tsx';
import { Step } from './step.tsx';

/** Step 2: which columns mean what. */
export function MappingStep({ catalog }: { readonly catalog: Catalog }) {
  const now = mapped.value;
  const { data } = preview.value;
  const waitsFor = data ? null : 'The columns of the file are given their meaning here.';
  return (
    <Step number={2} id="step-mapping" title="Mapping" waitsFor={waitsFor}>
      {mappingError.value && <Problem title="The saved profile cannot be used">{mappingError.value}</Problem>}
      <ProfileChoice />
      {now && data && (
        <Fields
          mapping={now.mapping}
          gaps={showGaps.value ? mappingGaps(now.mapping, data.columns) : {}}
          catalog={catalog}
          folds={now.saved !== null}
        />
      )}
    </Step>
  );
}

type Props = {
  readonly mapping: Mapping;
  readonly gaps: MappingGaps;
  readonly catalog: Catalog;
  /** A saved profile needs no second look. */
  readonly folds: boolean;
};

function Fields({ folds, ...rest }: Props) {
  if (!folds) return <AllFields {...rest} />;
  return (
    <details class="folded-mapping" open={Object.keys(rest.gaps).length > 0 || undefined}>
      <summary>See or change what the columns mean</summary>
      <AllFields {...rest} />
    </details>
  );
}

function AllFields({ mapping, gaps, catalog }: Omit<Props, 'folds'>) {
  return (
    <div class="fields">
      <ColumnsField
        id="category"
        label="What happened"
        uses={['category']}
        values={mapping.category}
        joins
        error={gaps.category}
        onChange={(category) => changeMapping({ category })}
      />
      {!mapping.category.some(Boolean) && (
        <Field id="constant" label="Or every row is" hint="For a file of one kind of incident.">
          <CategoryChoice
            label="Or every row is"
            empty="No category for all"
            categories={taxonomy.state.value.data?.categories ?? []}
            value={mapping.constant || null}
            onChoose={(code) => changeMapping({ constant: code ?? '' })}
          />
        </Field>
      )}
      <TimeFields mapping={mapping} gaps={gaps} />
      <PlacesField places={mapping.places} catalog={catalog} error={gaps.places} />
      <ColumnsField
        id="location"
        label="Words for the place"
        hint="Such as “On or near York Road”."
        uses={['location', 'street']}
        values={mapping.location}
        optional
        joins
        onChange={(location) => changeMapping({ location })}
      />
      <ColumnsField
        id="id"
        label="Reference number"
        hint="One incident a number: a later file then corrects the earlier one."
        uses={['id']}
        values={mapping.id}
        optional
        joins
        onChange={(id) => changeMapping({ id })}
      />
      <FlagsField mapping={mapping} />
      <SourceFields mapping={mapping} error={gaps.source} />
    </div>
  );
}

function TimeFields({ mapping, gaps }: { readonly mapping: Mapping; readonly gaps: MappingGaps }) {
  return (
    <>
      <ColumnsField
        id="from"
        label="When it happened, or began"
        uses={['from']}
        values={mapping.from}
        joins
        error={gaps.from}
        onChange={(from) => changeMapping({ from })}
      />
      <ColumnsField
        id="to"
        label="When it ended"
        hint="Where a crime happened between two times."
        uses={['to']}
        values={mapping.to}
        optional
        joins
        onChange={(to) => changeMapping({ to })}
      />
      <DatesField formats={mapping.formats} columns={mapping.from} error={gaps.formats} />
    </>
  );
}

function FlagsField({ mapping }: { readonly mapping: Mapping }) {
  const columns = preview.value.data?.columns ?? [];
  return (
    <Field id="flags" label="Flags" hint="Marks such as alcohol or domestic abuse, several in one cell.">
      <ColumnSelect
        label="Flags"
        value={mapping.flags}
        columns={columns}
        none="Not in this file"
        onChoose={(flags) => changeMapping({ flags })}
      />
      {mapping.flags !== '' && (
        <label class="inline-field">
          <span>Divided by</span>
          <input
            class="text-input short"
            maxLength={1}
            value={mapping.separator}
            onInput={(event) => changeMapping({ separator: event.currentTarget.value })}
          />
        </label>
      )}
    </Field>
  );
}
