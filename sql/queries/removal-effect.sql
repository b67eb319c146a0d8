-- What undoing an import would do. $1 its id. Incidents it alone told of go; those it changed say again what they said before;
-- those that a later import has changed since stay; and so many rows of later imports found its incidents as they are.
select
  (count(*) filter (where former.incident_id is null))::int as removed,
  (count(*) filter (where former.incident_id is not null))::int as restored,
  (select count(distinct incident_id) from former_incident where import_id = $1)::int as kept,
  coalesce((select sum((found_held ->> $1::text)::int) from import where removed_at is null), 0)::int as "alsoInLater"
from incident left join former_incident as former on former.incident_id = incident.id and former.replaced_by = $1
where incident.import_id = $1
