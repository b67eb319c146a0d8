-- The data have changed: the next version, what it changed, and word of it to every service when the transaction commits.
-- $1 first and $2 last day of the incidents that changed (null without any), $3 whether areas or their places changed; null
-- notes nothing, and whoever follows reads everything.
with next as (update data_version set version = version + 1 returning version),
noted as (
  insert into change (version, first_day, last_day, areas)
  select version, $1::date, $2::date, $3::boolean from next where $3::boolean is not null
)
select version, pg_notify('hotspot_version', version::text) from next
