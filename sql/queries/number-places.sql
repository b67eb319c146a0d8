-- The ids of places with a point; those met for the first time are made, and the areas they lie in noted.
-- $1 longitudes, $2 latitudes, $3 locations, $4 H3 leaf cells, $5 how placed, $6 within how many metres, all in the same
-- order and no two places alike.
with met as materialized (
  select met.*, held.id as held_id
  from unnest($1::float8[], $2::float8[], $3::text[], $4::bigint[], $5::text[], $6::int[]) with ordinality
    as met (lng, lat, location, cell, placed_by, within_metres, position)
  left join lateral (
    -- "limit" keeps the planner from reading every place there is to join it with a batch
    select id from place
    where lng = met.lng and lat = met.lat and location = met.location and placed_by = met.placed_by
      and placed_by <> 'area only' and within_metres is not distinct from met.within_metres
    limit 1
  ) as held on true
),
-- numbered before they are made, neighbours after one another: to find them again by their words takes longer
new as materialized (
  select nextval('place_id_seq')::int as id, unheld.*
  from (select * from met where held_id is null order by cell) as unheld
),
made as (
  insert into place (id, lng, lat, location, cell, placed_by, within_metres) overriding system value
  select id, lng, lat, location, cell, placed_by, within_metres from new
),
assigned as (
  insert into place_area (place_id, area_id)
  select new.id, area.id from new
  join area on ST_Covers(area.polygon, ST_SetSRID(ST_MakePoint(new.lng, new.lat), 4326))
)
select position::int, held_id from met where held_id is not null
union all
select position::int, id from new
