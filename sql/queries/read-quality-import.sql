-- What an import left behind besides its counts. $1 its id. "previousImport": the one of its source before it that brought
-- anything and stands.
select id, source_id as "sourceId", unmapped, quality,
  (
    select max(earlier.id) from import as earlier
    where earlier.source_id = import.source_id and earlier.id < import.id and earlier.removed_at is null
      and earlier.added + earlier.changed > 0
  ) as "previousImport"
from import where id = $1
