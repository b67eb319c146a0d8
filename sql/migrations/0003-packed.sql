-- Incidents packed for the service's columns, 16 bytes each: place (4 bytes, 0 without), days since 2000-01-01 (2), minute
-- of day (2; -1 unknown, -2 day unknown too), category (2), flag set (2), minutes of the from-to range (4, 0 without).
-- Two numbers of eight bytes are put together: sending each part by itself takes twice as long.
create view packed_incident as select id, occurred_from,
  int8send(
    (coalesce(place_id, 0)::bigint << 32)
    | (((occurred_from::date - date '2000-01-01') & 65535)::bigint << 16)
    | (case precision when 'month' then 65534 when 'day' then 65535
       else (date_part('hour', occurred_from) * 60 + date_part('minute', occurred_from))::bigint end)
  )
  || int8send(
    (category_id::bigint << 48) | (flag_set_id::bigint << 32)
    | least(coalesce(date_part('epoch', occurred_to - occurred_from) / 60, 0), 2000000000)::bigint
  ) as packed
from incident;
