-- Every place, sorted by cell.
select id, lng, lat, cell::text as cell, location from place order by cell, id
