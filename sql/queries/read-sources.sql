-- Each feed with what is held of it; a month known only as such is held to its last day.
select source.name, source.profile, source.attribution, source.synthetic,
  count(incident.id)::int as incidents,
  min(incident.occurred_from)::date::text as "from",
  max(incident.occurred_from + case incident.precision when 'month' then interval '1 month -1 day' else '0' end)::date::text as "to"
from source left join incident on incident.source_id = source.id
where exists (select from import where import.source_id = source.id and import.removed_at is null)
group by source.id order by source.name
