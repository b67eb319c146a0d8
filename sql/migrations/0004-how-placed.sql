-- How each place was found and how exactly, places known only by their area, what an import observed of its file, and what
-- incidents said before an import changed them, so that an import can be undone.

-- 'area only': no point is known, only the area that the file names; it is counted there and in no cell.
alter table place
  alter column lng drop not null,
  alter column lat drop not null,
  alter column point drop not null,
  alter column cell drop not null,
  add column placed_by text not null default 'coordinates'
    check (placed_by in ('coordinates', 'postcode', 'street', 'area only')),
  -- how far the point may lie from where it happened; null where the feed does not say
  add column within_metres integer check (within_metres >= 0),
  add column area_layer text,
  add column area_name text,
  -- the larger area that tells areas of one name apart; empty without
  add column area_within text,
  drop constraint place_lng_lat_location_key,
  add check ((placed_by = 'area only') = (area_name is not null)),
  add check ((placed_by = 'area only') = (lng is null)),
  add check ((lng is null) = (lat is null) and (lng is null) = (cell is null));
alter table place alter column placed_by drop default;
create unique index place_point on place (lng, lat, location, placed_by, within_metres) nulls not distinct
  where placed_by <> 'area only';
create unique index place_named on place (area_layer, area_name, area_within, location) where placed_by = 'area only';

-- Names of areas are compared without regard to capitals, "&" and punctuation: sources differ in all three.
create function folded_name(name text) returns text immutable strict parallel safe language sql as
$$ select btrim(regexp_replace(replace(lower(name), '&', ' and '), '[^[:alnum:]]+', ' ', 'g')) $$;

alter table import
  -- what was observed while the file was read; empty for imports of before
  add column quality jsonb not null default '{}',
  -- how many of its rows stood as they are already, by the import that had written them
  add column found_held jsonb not null default '{}',
  -- when the import was undone
  add column removed_at timestamptz;

-- Finds the incidents of one import: they were written one after another.
create index incident_import on incident using brin (import_id) with (pages_per_range = 64);

-- What an incident said before an import changed it; one row for each such change.
create table former_incident (
  incident_id bigint not null,
  -- the import that changed it, and the one that had written what stands here
  replaced_by integer not null,
  import_id integer not null,
  external_id text,
  content uuid not null,
  category_id smallint not null,
  flag_set_id smallint not null,
  occurred_from timestamp not null,
  occurred_to timestamp,
  precision text not null,
  place_id integer,
  location text,
  attributes jsonb,
  primary key (incident_id, replaced_by)
);
create index former_incident_replaced_by on former_incident (replaced_by);
create index former_incident_import on former_incident (import_id);

-- Postcodes with the point of each (Code-Point Open or another list). `postcode` is without its space.
create table postcode (
  postcode text primary key,
  lng double precision not null,
  lat double precision not null,
  within_metres integer not null
);
