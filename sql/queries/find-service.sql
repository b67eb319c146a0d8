-- Whether a service is connected. $1: the application name services use.
select exists (select 1 from pg_stat_activity where application_name = $1 and datname = current_database()) as running
