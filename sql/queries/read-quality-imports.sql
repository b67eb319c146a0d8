-- What was observed of the files of a source; of a file taken in several times only the last. Sheets of one workbook have one
-- hash, and are told apart by their columns. $1 source.
select distinct on (sha256, quality -> 'rows', quality -> 'columns') unmapped, quality
from import where source_id = $1 and removed_at is null
order by sha256, quality -> 'rows', quality -> 'columns', id desc
