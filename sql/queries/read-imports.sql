-- Imports, the newest first. $1 how many, $2 the id of the only one wanted, or null.
select import.id, source.name as source, import.file_name as "fileName", import.finished_at as "finishedAt",
  import.rows_read as "rowsRead", import.accepted, import.added, import.changed,
  import.accepted - import.added - import.changed as unchanged, import.rejected, import.unlocated,
  import.removed_at as "removedAt"
from import join source on source.id = import.source_id
where $2::int is null or import.id = $2
order by import.id desc limit $1
