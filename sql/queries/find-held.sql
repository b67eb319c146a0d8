-- Which rows tell of incidents that are held. $1 source, $2 identities, $3 contents in the same order.
-- Gives position in the arrays, the import that wrote the incident, and when that one begins if its content is another.
-- "Limit" keeps the planner from reading all that is held to join it with a batch.
select incoming.position::int, held.import_id,
  case when held.content <> incoming.content then to_char(held.occurred_from, 'YYYY-MM-DD"T"HH24:MI:SS') end
from unnest($2::uuid[], $3::uuid[]) with ordinality as incoming (identity, content, position)
cross join lateral (
  select import_id, content, occurred_from from incident
  where source_id = $1 and identity = incoming.identity limit 1
) as held
