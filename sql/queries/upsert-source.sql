-- The feed of an import, made at its first one. $1 name, $2 profile, $3 attribution, $4 synthetic.
-- Not "on conflict": that would use up a number at every import, and there are 32,767.
with known as (
  update source set profile = $2, attribution = $3 where name = $1 returning id
),
made as (
  insert into source (name, profile, attribution, synthetic)
  select $1, $2, $3, $4 where not exists (select 1 from known)
  returning id
)
select id from known union all select id from made
