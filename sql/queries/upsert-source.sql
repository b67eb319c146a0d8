-- The feed of an import, made at its first one. $1 name, $2 profile, $3 attribution, $4 synthetic.
insert into source (name, profile, attribution, synthetic) values ($1, $2, $3, $4)
on conflict (name) do update set profile = excluded.profile, attribution = excluded.attribution
returning id
