-- The ids of places with a point; those met for the first time are made, and the areas they lie in noted.
-- $1 longitudes, $2 latitudes, $3 locations, $4 H3 leaf cells, $5 how placed, $6 within how many metres, all in the same order.
with met as materialized (
  select * from unnest($1::float8[], $2::float8[], $3::text[], $4::bigint[], $5::text[], $6::int[]) with ordinality
    as place (lng, lat, location, cell, placed_by, within_metres, position)
),
held as materialized (
  -- "limit" keeps the planner from reading every place there is to join it with a batch
  select met.position, place.id from met cross join lateral (
    select id from place
    where lng = met.lng and lat = met.lat and location = met.location and placed_by = met.placed_by
      and placed_by <> 'area only' and within_metres is not distinct from met.within_metres
    limit 1
  ) as place
),
made as (
  insert into place (lng, lat, location, cell, placed_by, within_metres)
  select distinct on (cell, lng, lat, location, placed_by, within_metres) lng, lat, location, cell, placed_by, within_metres
  from met where position not in (select position from held)
  order by cell, lng, lat, location
  returning id, lng, lat, location, placed_by, within_metres, point
),
assigned as (
  insert into place_area (place_id, area_id)
  select made.id, area.id from made join area on ST_Covers(area.polygon, made.point)
)
select position::int, id from held
union all
select met.position::int, made.id from made join met
  on met.lng = made.lng and met.lat = made.lat and met.location = made.location and met.placed_by = made.placed_by
  and met.within_metres is not distinct from made.within_metres
