-- Areas that newer ones of the same layer have replaced are valid until then. $1 ids of the newer ones.
update area as older set valid_to = newer.valid_from
from area as newer
where newer.id = any($1::int[]) and older.layer = newer.layer and older.valid_from < newer.valid_from
  and (older.valid_to is null or older.valid_to > newer.valid_from)
  and ST_Intersects(older.polygon, ST_PointOnSurface(newer.polygon))
