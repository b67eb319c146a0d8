-- Undoing an import, third: what it alone told of. $1 the import.
delete from incident where import_id = $1
