-- The ids of places; those met for the first time are made, and the areas they lie in noted.
-- $1 longitudes, $2 latitudes, $3 locations, $4 H3 leaf cells, all in the same order.
with met as materialized (
  select * from unnest($1::float8[], $2::float8[], $3::text[], $4::bigint[]) with ordinality
    as place (lng, lat, location, cell, position)
),
held as materialized (
  select met.position, place.id from met join place
    on place.lng = met.lng and place.lat = met.lat and place.location = met.location
),
made as (
  insert into place (lng, lat, location, cell)
  select lng, lat, location, cell from met where position not in (select position from held)
  order by cell
  on conflict (lng, lat, location) do nothing
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
