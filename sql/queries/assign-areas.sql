-- Which places lie in the areas. $1 their ids.
insert into place_area (place_id, area_id)
select place.id, area.id from area join place on ST_Covers(area.polygon, place.point)
where area.id = any($1::int[])
