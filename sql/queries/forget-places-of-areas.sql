-- Before areas are assigned anew. $1 their ids.
delete from place_area where area_id = any($1::int[])
