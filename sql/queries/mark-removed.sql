-- Notes that an import was undone. $1 its id.
update import set removed_at = clock_timestamp() where id = $1
