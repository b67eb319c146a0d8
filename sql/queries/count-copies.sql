-- Incidents without an id that say in everything what another says that is counted already. $1 source, $2 import; null for
-- all of the source's.
select coalesce(sum(incidents - 1), 0)::int as copies
from (
  select count(*) as incidents from incident
  where source_id = $1 and ($2::int is null or import_id = $2) and external_id is null
  group by content
) as alike
