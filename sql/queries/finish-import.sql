-- What came of an import. $1 id, $2 sha256, $3 rows read, $4 accepted, $5 rejected, $6 added, $7 changed, $8 unlocated,
-- $9 unmapped words with counts, $10 notes, $11 what was observed of the file, $12 rows found held as they are by import.
update import set sha256 = $2, rows_read = $3, accepted = $4, rejected = $5, added = $6, changed = $7, unlocated = $8,
  unmapped = $9, notes = $10, quality = $11, found_held = $12, finished_at = clock_timestamp()
where id = $1
