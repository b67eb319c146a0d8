-- The system of record: sources, imports, incidents at places, areas, and a version that grows with every change.

create extension if not exists postgis;

-- Grows by one in the same transaction as every change of the data. `served` is what a running service has loaded:
-- a command that changes data waits for it, so that the map shows the change when the command returns.
create table data_version (
  one boolean primary key default true check (one),
  version bigint not null default 1,
  served bigint not null default 0,
  -- tells this database from every other one whose versions have the same numbers
  instance uuid not null default gen_random_uuid()
);
insert into data_version default values;

-- A feed: police, fire, council; `profile` is the column profile its files are read with.
create table source (
  id smallint generated always as identity primary key,
  name text not null unique,
  profile text not null,
  attribution text not null default '',
  synthetic boolean not null default false
);

-- One file taken in.
create table import (
  id integer generated always as identity primary key,
  source_id smallint not null references source,
  file_name text not null,
  sha256 text not null,
  rows_read integer not null,
  accepted integer not null,
  rejected integer not null,
  added integer not null,
  changed integer not null,
  unlocated integer not null,
  unmapped jsonb not null default '{}',
  notes jsonb not null default '[]',
  imported_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null default now()
);
create index import_source on import (source_id);

-- Codes of the taxonomy (data/taxonomy) that incidents carry, as small numbers: the columns hold the number.
create table category (
  id smallint generated always as identity primary key,
  code text not null unique
);

-- Each combination of flags that occurs, sorted, as a small number.
create table flag_set (
  id smallint generated always as identity primary key,
  flags text[] not null unique
);

-- A point together with the words it was given: 290,500 police rows stand on 15,036 of them.
create table place (
  id integer generated always as identity primary key,
  lng double precision not null check (lng between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  location text not null,
  point geometry(Point, 4326) not null generated always as (ST_SetSRID(ST_MakePoint(lng, lat), 4326)) stored,
  cell bigint not null,
  unique (lng, lat, location)
);
create index place_point on place using gist (point);

-- Its numbers point to rows above, which one writer makes in the same transaction before it; foreign keys would check
-- each of them again for each incident, and cost more than the rest of an import.
create table incident (
  id bigint generated always as identity primary key,
  source_id smallint not null,
  import_id integer not null,
  external_id text,
  -- hash of the external id, or of (file period, row content, n-th occurrence): the same row twice is the same incident
  identity uuid not null,
  -- hash of everything below, to see at once whether a row says something new
  content uuid not null,
  category_id smallint not null,
  flag_set_id smallint not null,
  -- days are counted from here on
  occurred_from timestamp not null check (occurred_from >= '1970-01-01'),
  occurred_to timestamp,
  precision text not null check (precision in ('minute', 'hour', 'day', 'month')),
  place_id integer,
  -- words about the place of an incident that has no point
  location text,
  attributes jsonb,
  check (occurred_to >= occurred_from),
  unique (source_id, identity)
);
create index incident_import on incident (import_id);

-- Boundaries, several vintages side by side: a vintage is (layer, valid_from).
create table area (
  id integer generated always as identity primary key,
  layer text not null,
  code text not null,
  name text not null,
  valid_from date,
  valid_to date,
  population integer check (population >= 0),
  attribution text not null default '',
  polygon geometry(MultiPolygon, 4326) not null,
  unique nulls not distinct (layer, code, valid_from)
);
create index area_polygon on area using gist (polygon);

-- Which places lie in which area, decided by ST_Covers when either arrives.
create table place_area (
  place_id integer not null references place on delete cascade,
  area_id integer not null references area on delete cascade,
  primary key (place_id, area_id)
);
create index place_area_area on place_area (area_id);
