-- Places met for the first time, and the areas they lie in.
with found as (
  insert into place (lng, lat, location, cell)
  select distinct on (cell, lng, lat, location) lng, lat, location, cell
  from staged
  where lng is not null
  order by cell, lng, lat, location
  on conflict (lng, lat, location) do nothing
  returning id, point
)
insert into place_area (place_id, area_id)
select found.id, area.id from found join area on ST_Covers(area.polygon, found.point)
