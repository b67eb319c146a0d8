-- One area, or a new form of it. $1 layer, $2 code, $3 name, $4 valid from, $5 population, $6 attribution, $7 GeoJSON geometry.
-- Gives back whether it was there before, whether its outline had to be mended, and whether nothing is left of it.
insert into area (layer, code, name, valid_from, population, attribution, polygon)
values ($1, $2, $3, $4, $5, $6, ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON($7), 4326))), 3)))
on conflict (layer, code, valid_from) do update set
  name = excluded.name, population = coalesce(excluded.population, area.population),
  attribution = excluded.attribution, polygon = excluded.polygon
returning id, xmax <> 0 as replaced, not ST_IsValid(ST_GeomFromGeoJSON($7)) as mended, ST_IsEmpty(polygon) as empty
