-- How many points incidents stand on, how many stand on a point, and the ten commonest points with the words most often given
-- to them, and the area they lie in. $1 source, $2 import (null for all of the source's), $3 layer of the areas or null, $4
-- valid from or null.
with by_place as materialized (
  select place_id, count(*)::int as incidents from incident
  where source_id = $1 and ($2::int is null or import_id = $2) and place_id is not null
  group by place_id
),
point as materialized (
  select place.lng, place.lat, sum(by_place.incidents)::int as incidents
  from by_place join place on place.id = by_place.place_id
  where place.lng is not null
  group by place.lng, place.lat
),
top as (select lng, lat, incidents from point order by incidents desc, lng, lat limit 10),
named as (
  select distinct on (top.lng, top.lat) top.incidents, place.location, (
    select min(area.name) from place_area join area on area.id = place_area.area_id
    where place_area.place_id = place.id and area.layer = $3 and area.valid_from is not distinct from $4::date
  ) as area
  from top join place on place.lng = top.lng and place.lat = top.lat join by_place on by_place.place_id = place.id
  order by top.lng, top.lat, by_place.incidents desc, place.location
)
select (select count(*) from point)::int as points,
  (select coalesce(sum(incidents), 0) from point)::int as located,
  coalesce(
    (
      select json_agg(
        json_build_object('location', location, 'area', area, 'incidents', incidents) order by incidents desc, location, area
      ) from named
    ),
    '[]'
  ) as places
