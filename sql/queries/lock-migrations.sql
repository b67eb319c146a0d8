-- Makes concurrent migrators wait for one another until their transaction ends.
select pg_advisory_xact_lock(7236401)
