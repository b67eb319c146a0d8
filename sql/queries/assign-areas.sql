-- Which places lie in the areas. $1 their ids. The rectangle round an area is looked up by the index on the coordinates.
insert into place_area (place_id, area_id)
select place.id, area.id
from area join place
  on place.lng between ST_XMin(area.polygon) and ST_XMax(area.polygon)
  and place.lat between ST_YMin(area.polygon) and ST_YMax(area.polygon)
  and ST_Covers(area.polygon, place.point)
where area.id = any($1::int[])
