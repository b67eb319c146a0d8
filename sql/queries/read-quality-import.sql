-- One import with what was observed of its file. $1 its id.
select import.id, import.source_id as "sourceId", source.name as source, import.file_name as "fileName",
  import.finished_at as "finishedAt", import.rows_read as "rowsRead", import.accepted, import.rejected, import.added,
  import.changed, import.unlocated, import.unmapped, import.quality, import.removed_at as "removedAt",
  (
    select max(earlier.id) from import as earlier
    where earlier.source_id = import.source_id and earlier.id < import.id and earlier.removed_at is null
      and earlier.added + earlier.changed > 0
  ) as "previousImport"
from import join source on source.id = import.source_id
where import.id = $1
