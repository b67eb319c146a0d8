-- Numbers of the combinations of flags in use, oldest first.
select id, flags from flag_set order by id
