-- Numbers of the combinations of flags in use.
select id, flags from flag_set
