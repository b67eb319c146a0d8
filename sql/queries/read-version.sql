-- The current data version, and the database it belongs to.
select version, instance from data_version
