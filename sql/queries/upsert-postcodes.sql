-- Postcodes with their points; later lists replace what earlier ones said. $1 postcodes without space, $2 longitudes,
-- $3 latitudes, $4 within how many metres.
insert into postcode (postcode, lng, lat, within_metres)
select distinct on (postcode) * from unnest($1::text[], $2::float8[], $3::float8[], $4::int[]) as given (postcode, lng, lat, within_metres)
on conflict (postcode) do update set lng = excluded.lng, lat = excluded.lat, within_metres = excluded.within_metres
where (postcode.lng, postcode.lat, postcode.within_metres) is distinct from (excluded.lng, excluded.lat, excluded.within_metres)
