-- Codes of the areas of a layer, vintages oldest first. $1 layer.
select valid_from::text as "validFrom", array_agg(code order by code) as codes
from area where layer = $1 group by valid_from order by valid_from nulls first
