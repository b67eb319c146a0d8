-- Incidents that say something new, as one array a column; what they said before another import's words is kept, so that
-- this import can be undone. $1 source, $2 import, $3 to $13 the columns.
with news as materialized (
  select * from unnest($3::text[], $4::uuid[], $5::uuid[], $6::smallint[], $7::smallint[], $8::timestamp[],
    $9::timestamp[], $10::text[], $11::int[], $12::text[], $13::json[])
    as news (external_id, identity, content, category_id, flag_set_id, occurred_from, occurred_to, precision, place_id,
      location, attributes)
),
kept as (
  insert into former_incident (incident_id, replaced_by, import_id, external_id, content, category_id, flag_set_id,
    occurred_from, occurred_to, precision, place_id, location, attributes)
  select held.id, $2, held.import_id, held.external_id, held.content, held.category_id, held.flag_set_id,
    held.occurred_from, held.occurred_to, held.precision, held.place_id, held.location, held.attributes
  from news join incident as held on held.source_id = $1 and held.identity = news.identity
  where held.import_id <> $2
)
update incident set
  import_id = $2, external_id = news.external_id, content = news.content, category_id = news.category_id,
  flag_set_id = news.flag_set_id, occurred_from = news.occurred_from, occurred_to = news.occurred_to,
  precision = news.precision, place_id = news.place_id, location = news.location, attributes = news.attributes
from news
where incident.source_id = $1 and incident.identity = news.identity
