-- Before places known only by their area are assigned anew: areas have come or changed.
delete from place_area using place where place.id = place_area.place_id and place.placed_by = 'area only'
