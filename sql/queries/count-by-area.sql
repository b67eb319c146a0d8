-- Incidents by area of one vintage, those of none in a row without a code; areas without any are left out. A place on the
-- line between two areas counts in the first by code. $1 source, $2 import (null for all of the source's), $3 the import
-- to compare with or null, $4 layer, $5 valid from or null.
with by_place as materialized (
  select place_id,
    count(*) filter (where $2::int is null or import_id = $2)::int as incidents,
    count(*) filter (where import_id = $3::int)::int as previous
  from incident
  where source_id = $1 and ($2::int is null or import_id in ($2, $3))
  group by place_id
),
assigned as (
  select distinct on (place_area.place_id) place_area.place_id, area.code, area.name
  from place_area join area on area.id = place_area.area_id
  where area.layer = $4 and area.valid_from is not distinct from $5::date
  order by place_area.place_id, area.code
)
select assigned.code, assigned.name, sum(incidents)::int as incidents, sum(previous)::int as previous
from by_place left join assigned on assigned.place_id = by_place.place_id
group by assigned.code, assigned.name
order by assigned.code
