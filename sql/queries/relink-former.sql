-- Undoing an import, first: where a later import has changed what it said, that one now follows what was said before both.
-- $1 the import.
with gone as (delete from former_incident where import_id = $1 returning incident_id, replaced_by)
update former_incident as earlier set replaced_by = gone.replaced_by
from gone where earlier.incident_id = gone.incident_id and earlier.replaced_by = $1
