-- The ids of places; those met for the first time are made, and the areas they lie in noted.
-- $1 longitudes, $2 latitudes, $3 locations, $4 H3 leaf cells, all in the same order.
with met as materialized (
  select * from unnest($1::float8[], $2::float8[], $3::text[], $4::bigint[]) with ordinality
    as place (lng, lat, location, cell, position)
),
held as materialized (
  -- "limit" keeps the planner from reading every place there is to join it with a batch
  select met.position, place.id from met cross join lateral (
    select id from place where lng = met.lng and lat = met.lat and location = met.location limit 1
  ) as place
),
made as (
  insert into place (lng, lat, location, cell)
  select distinct on (cell, lng, lat, location) lng, lat, location, cell
  from met where position not in (select position from held)
  order by cell, lng, lat, location
  returning id, lng, lat, location, point
),
assigned as (
  insert into place_area (place_id, area_id)
  select made.id, area.id from made join area on ST_Covers(area.polygon, made.point)
)
select position::int, id from held
union all
select met.position::int, made.id from made join met
  on met.lng = made.lng and met.lat = made.lat and met.location = made.location
