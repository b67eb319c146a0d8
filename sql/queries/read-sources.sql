-- Each feed with what is held of it.
select source.name, source.profile, source.attribution, source.synthetic,
  count(incident.id)::int as incidents,
  min(incident.occurred_from)::date::text as "from", max(incident.occurred_from)::date::text as "to"
from source left join incident on incident.source_id = source.id
group by source.id order by source.name
