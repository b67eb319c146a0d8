-- Incidents packed for the service's columns, 16 bytes each: place (0 without), days since 2000-01-01, minute of day
-- (-1 unknown, -2 day unknown too), category, flag set, minutes of the from-to range (0 without).
create view packed_incident as select id, occurred_from,
  int4send(coalesce(place_id, 0))
  || int2send((occurred_from::date - date '2000-01-01')::int2)
  || int2send((case precision when 'month' then -2 when 'day' then -1
       else extract(hour from occurred_from) * 60 + extract(minute from occurred_from) end)::int2)
  || int2send(category_id) || int2send(flag_set_id)
  || int4send(least(coalesce(extract(epoch from occurred_to - occurred_from) / 60, 0), 2000000000)::int4) as packed
from incident;
