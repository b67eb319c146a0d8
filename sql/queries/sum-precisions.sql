-- How incidents spread over months, precisions of time and ways of being placed. $1 source, $2 import; null for all of the
-- source's.
select to_char(month, 'YYYY-MM') as month, precision, ranged, "placedBy", metres, incidents
from (
  select date_trunc('month', incident.occurred_from) as month, incident.precision,
    coalesce(incident.occurred_to > incident.occurred_from, false) as ranged,
    place.placed_by as "placedBy", place.within_metres as metres, count(*)::int as incidents
  from incident left join place on place.id = incident.place_id
  where incident.source_id = $1 and ($2::int is null or incident.import_id = $2)
  group by 1, 2, 3, 4, 5
) as counted
