-- Forgets every incident, import and area; the version goes on growing.
truncate incident, import, source, place_area, place, area, category, flag_set restart identity
