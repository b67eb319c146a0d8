-- New incidents, streamed in COPY's binary format (servers that can).
copy incident (source_id, import_id, external_id, identity, content, category_id, flag_set_id, occurred_from, occurred_to, precision, place_id, location, attributes) from stdin (format binary)
