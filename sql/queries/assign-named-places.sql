-- Which area the places lie in of which only the area's name or code is known: that of each vintage which alone has it,
-- among several of one name the one that lies in the district named besides. $1 ids of places; null stands for all.
with named as (
  select id, area_layer, folded_name(area_name) as name, folded_name(area_within) as within
  from place where placed_by = 'area only' and ($1::int[] is null or id = any($1::int[]))
),
district as (
  select folded_name(name) as name, folded_name(code) as code, polygon from area where layer = 'district'
),
candidate as (
  select named.id as place_id, area.id as area_id, area.valid_from
  from named join area on area.layer = named.area_layer and named.name in (folded_name(area.name), folded_name(area.code))
  where named.within = ''
    or not exists (select from district where named.within in (district.name, district.code))
    or exists (
      select from district
      where named.within in (district.name, district.code) and ST_Covers(district.polygon, ST_PointOnSurface(area.polygon))
    )
)
insert into place_area (place_id, area_id)
select place_id, min(area_id) from candidate group by place_id, valid_from having count(*) = 1
on conflict do nothing
