-- Which rows tell of incidents that are held. $1 source, $2 identities, $3 contents in the same order, $4 import.
-- Gives position in the arrays, whether this import has written the incident, and when that one begins if its content is
-- another.
select incoming.position::int, held.import_id = $4,
  case when held.content <> incoming.content then to_char(held.occurred_from, 'YYYY-MM-DD"T"HH24:MI:SS') end
from unnest($2::uuid[], $3::uuid[]) with ordinality as incoming (identity, content, position)
join incident as held on held.source_id = $1 and held.identity = incoming.identity
