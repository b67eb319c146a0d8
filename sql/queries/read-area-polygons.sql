-- Boundaries of one vintage. $1 layer, $2 valid from or null.
select code, name, ST_AsGeoJSON(polygon, 7) as geometry, ST_X(label) as lng, ST_Y(label) as lat
from (
  select code, name, polygon, (ST_MaximumInscribedCircle(polygon)).center as label
  from area where layer = $1 and valid_from is not distinct from $2::date
) as vintage
order by code
