-- Opens the record of one file taken in; finish-import fills in what came of it.
-- $1 source, $2 file name, $3 who, $4 when it began.
insert into import (source_id, file_name, sha256, rows_read, accepted, rejected, added, changed, unlocated, imported_by, started_at)
values ($1, $2, '', 0, 0, 0, 0, 0, 0, $3, $4)
returning id
