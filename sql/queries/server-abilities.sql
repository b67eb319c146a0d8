-- The server's version number (150003 is 15.3), and whether PostGIS can be had there.
select current_setting('server_version_num')::int as version,
       exists (select 1 from pg_available_extensions where name = 'postgis') as postgis
