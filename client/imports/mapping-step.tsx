import type { ComponentProps } from 'preact';
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
      <Meaning of="category" mapping={mapping} label="What happened" uses={['category']} error={gaps.category} />
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
      <Meaning of="from" mapping={mapping} label="When it happened, or began" uses={['from']} error={gaps.from} />
      <Meaning
        of="to"
        mapping={mapping}
        label="When it ended"
        hint="Where a crime happened between two times."
        uses={['to']}
        optional
      />
      <DatesField formats={mapping.formats} columns={mapping.from} error={gaps.formats} />
      <PlacesField places={mapping.places} catalog={catalog} error={gaps.places} />
      <Meaning
        of="location"
        mapping={mapping}
        label="Words for the place"
        hint="Such as “On or near York Road”."
        uses={['location', 'street']}
        optional
      />
      <Meaning
        of="id"
        mapping={mapping}
        label="Reference number"
        hint="One incident a number: a later file then corrects the earlier one."
        uses={['id']}
        optional
      />
      <FlagsField mapping={mapping} />
      <SourceFields mapping={mapping} error={gaps.source} />
    </div>
  );
}

type MeaningProps = Omit<ComponentProps<typeof ColumnsField>, 'id' | 'values' | 'onChange'> & {
  readonly of: 'category' | 'from' | 'to' | 'location' | 'id';
  readonly mapping: Mapping;
};

/** The columns of one meaning in the mapping. */
function Meaning({ of, mapping, ...rest }: MeaningProps) {
  return (
    <ColumnsField id={of} values={mapping[of]} onChange={(columns) => changeMapping({ [of]: columns })} {...rest} />
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
