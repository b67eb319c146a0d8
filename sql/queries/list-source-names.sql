-- Every source by name.
select name from source order by name
