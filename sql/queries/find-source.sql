-- A source. $1 its name.
select id from source where name = $1
