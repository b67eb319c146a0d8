-- Files taken in, the newest first. $1 the id of one of them, or null for all; $2 how many at most.
select import.id, source.name as source, import.file_name as "fileName", import.sha256, import.rows_read as "rowsRead",
  import.accepted, import.added, import.changed, import.accepted - import.added - import.changed as unchanged,
  import.rejected, import.unlocated, import.finished_at as "finishedAt", null::timestamptz as "removedAt"
from import join source on source.id = import.source_id
where $1::int is null or import.id = $1
order by import.id desc limit $2
