-- New incidents, as one array a column (the embedded database cannot COPY). $1 source, $2 import, $3 to $13 the columns.
insert into incident (source_id, import_id, external_id, identity, content, category_id, flag_set_id, occurred_from,
  occurred_to, precision, place_id, location, attributes)
select $1, $2, * from unnest($3::text[], $4::uuid[], $5::uuid[], $6::smallint[], $7::smallint[], $8::timestamp[],
  $9::timestamp[], $10::text[], $11::int[], $12::text[], $13::json[])
