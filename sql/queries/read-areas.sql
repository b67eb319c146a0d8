-- Every area, vintages of a layer oldest first.
select id, layer, code, name, valid_from::text as "validFrom", population, attribution,
  ST_XMin(polygon) as west, ST_YMin(polygon) as south, ST_XMax(polygon) as east, ST_YMax(polygon) as north
from area order by layer, valid_from nulls first, code
