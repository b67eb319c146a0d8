-- Forgets every incident, import and area, and what versions changed (who finds no row for a version reads everything).
truncate incident, import, source, place_area, place, area, category, flag_set, change, former_incident restart identity
