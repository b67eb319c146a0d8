-- Incidents of some days, packed. $1 the first day, $2 the day after the last, as days since 1970-01-01.
select string_agg(packed, ''::bytea) as packed from packed_incident
where occurred_from >= date '1970-01-01' + $1::int and occurred_from < date '1970-01-01' + $2::int
