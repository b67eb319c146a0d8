-- The largest ids of incidents and places.
select coalesce((select max(id) from incident), 0)::bigint as incident, coalesce((select max(id) from place), 0) as place
