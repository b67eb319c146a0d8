-- Undoing an import, second: what it changed says again what it said before. $1 the import.
with former as (delete from former_incident where replaced_by = $1 returning *)
update incident set
  import_id = former.import_id, external_id = former.external_id, content = former.content,
  category_id = former.category_id, flag_set_id = former.flag_set_id, occurred_from = former.occurred_from,
  occurred_to = former.occurred_to, precision = former.precision, place_id = former.place_id, location = former.location,
  attributes = former.attributes
from former where incident.id = former.incident_id and incident.import_id = $1
