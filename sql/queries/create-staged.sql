-- Where the rows of one import wait until the file is read to its end.
create temporary table staged (
  ordinal integer not null,
  identity uuid not null,
  content uuid not null,
  external_id text,
  category_id smallint not null,
  flag_set_id smallint not null,
  occurred_from timestamp not null,
  occurred_to timestamp,
  precision text not null,
  lng double precision,
  lat double precision,
  cell bigint,
  location text not null,
  attributes jsonb
) on commit drop
