-- Staged rows become incidents; the same row again changes nothing. $1 import, $2 source.
-- Of two rows with one identity the later month stays (a month's file may repeat a crime of an earlier month), so that
-- the order of files makes no difference; else the last row read.
with incoming as (
  select distinct on (identity) *
  from staged
  order by identity, case when precision = 'month' then occurred_from end desc nulls last, ordinal desc
),
merged as (
  insert into incident as held (source_id, import_id, external_id, identity, content, category_id, flag_set_id,
    occurred_from, occurred_to, precision, place_id, location, attributes)
  select $2, $1, incoming.external_id, incoming.identity, incoming.content, incoming.category_id, incoming.flag_set_id,
    incoming.occurred_from, incoming.occurred_to, incoming.precision, place.id,
    case when place.id is null then nullif(incoming.location, '') end, incoming.attributes
  from incoming left join place
    on place.lng = incoming.lng and place.lat = incoming.lat and place.location = incoming.location
  on conflict (source_id, identity) do update set
    import_id = excluded.import_id, content = excluded.content, category_id = excluded.category_id,
    flag_set_id = excluded.flag_set_id, occurred_from = excluded.occurred_from, occurred_to = excluded.occurred_to,
    precision = excluded.precision, place_id = excluded.place_id, location = excluded.location,
    attributes = excluded.attributes
  where held.content <> excluded.content
    and (excluded.precision <> 'month' or excluded.occurred_from >= held.occurred_from)
  returning (xmax = 0) as is_new
)
select count(*) filter (where is_new)::int as added, count(*) filter (where not is_new)::int as changed from merged
