-- The data have changed: the next version, made known to every service when the transaction commits.
with next as (update data_version set version = version + 1 returning version)
select version, pg_notify('hotspot_version', version::text) from next
