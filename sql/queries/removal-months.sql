-- The incidents that undoing an import would take away, by month. $1 its id.
select to_char(occurred_from, 'YYYY-MM') as month, count(*)::int as removed
from incident
where import_id = $1
  and not exists (select from former_incident where incident_id = incident.id and replaced_by = $1)
group by 1 order by 1
