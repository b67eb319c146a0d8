-- The current data version.
select version from data_version
