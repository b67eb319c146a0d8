-- The ids of places known only by their area; those met for the first time are made.
-- $1 layers, $2 names or codes of areas, $3 the larger areas they lie in (empty without), $4 locations, all in the same order.
with met as materialized (
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
    as place (layer, name, within, location, position)
),
made as (
  insert into place (placed_by, area_layer, area_name, area_within, location)
  select distinct 'area only', layer, name, within, location from met
  on conflict (area_layer, area_name, area_within, location) where placed_by = 'area only' do nothing
  returning id, area_layer, area_name, area_within, location
)
select met.position::int, place.id from met join (
  select * from made
  union
  select id, area_layer, area_name, area_within, location from place where placed_by = 'area only'
) as place on place.area_layer = met.layer and place.area_name = met.name and place.area_within = met.within
  and place.location = met.location
