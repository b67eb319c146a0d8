-- The newest version that a running service has loaded.
select served from data_version
