-- Takes out areas of a vintage that lie where others, loaded now, do, and are not among them: those have replaced them.
-- $1 layer, $2 valid from or null, $3 ids of the areas loaded now.
delete from area as former
where former.layer = $1 and former.valid_from is not distinct from $2::date and not former.id = any($3::int[])
  and exists (
    select from area as loaded
    where loaded.id = any($3::int[]) and loaded.polygon && former.polygon
      and ST_Covers(loaded.polygon, ST_PointOnSurface(former.polygon))
  )
returning former.code
