-- The newest imports. $1 how many.
select import.id, source.name as source, import.file_name as "fileName", import.rows_read as "rowsRead",
  import.accepted, import.rejected, import.added, import.changed, import.unlocated, import.finished_at as "finishedAt"
from import join source on source.id = import.source_id
order by import.id desc limit $1
