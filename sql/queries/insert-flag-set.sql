-- A number for a combination of flags that is new here. $1 flags, sorted.
insert into flag_set (flags) values ($1) returning id
