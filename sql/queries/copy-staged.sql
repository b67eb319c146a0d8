-- Rows of a file, streamed in COPY's text format (servers that can).
copy staged (ordinal, identity, content, external_id, category_id, flag_set_id, occurred_from, occurred_to, precision, lng, lat, cell, location, attributes) from stdin
