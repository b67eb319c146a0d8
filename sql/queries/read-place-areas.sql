-- Place and area as eight bytes each, packed. A place on the line between two areas of one vintage is counted in the
-- first by code, so that counts add up. $1 of places after this id.
select string_agg(int4send(place_id) || int4send(area_id), ''::bytea) as packed from (
  select distinct on (place_area.place_id, area.layer, area.valid_from) place_area.place_id, area.id as area_id
  from place_area join area on area.id = place_area.area_id
  where place_area.place_id > $1
  order by place_area.place_id, area.layer, area.valid_from, area.code
) as assigned
