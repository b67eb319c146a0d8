-- The words of the places held by coordinates, with the rectangle of their points, apart for each district they lie in.
select location, district.name as district, min(lng) as west, min(lat) as south, max(lng) as east, max(lat) as north
from place
left join (
  select place_id, folded_name(area.name) as name from place_area join area on area.id = area_id and area.layer = 'district'
  where area.valid_to is null
) as district on district.place_id = place.id
where placed_by = 'coordinates' and location <> ''
group by location, district.name
