-- Incidents, packed. $1 after this id, $2 up to this id.
select string_agg(packed, ''::bytea) as packed from packed_incident where id > $1 and id <= $2
