-- Places where nothing is held any more: their words may be addresses.
delete from place
where not exists (select from incident where place_id = place.id)
  and not exists (select from former_incident where place_id = place.id)
