-- Until when areas are valid, when newer ones are there already. $1 their ids.
update area as older set valid_to = (
  select min(newer.valid_from)
  from area as newer
  where newer.layer = older.layer and newer.valid_from > older.valid_from
    and newer.polygon && older.polygon and ST_Intersects(newer.polygon, ST_PointOnSurface(older.polygon))
)
where older.id = any($1::int[])
