-- Rows of a file, as one array a column (the embedded database cannot COPY). $1 to $14: the columns in their order.
insert into staged
select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::smallint[], $6::smallint[], $7::timestamp[],
  $8::timestamp[], $9::text[], $10::float8[], $11::float8[], $12::bigint[], $13::text[], $14::jsonb[])
