-- What was observed of the files of a source; of a file taken in several times only the last. $1 source.
select distinct on (sha256) unmapped, quality
from import where source_id = $1 and removed_at is null
order by sha256, id desc
