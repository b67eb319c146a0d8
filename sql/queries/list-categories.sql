-- Numbers of the category codes in use, oldest first.
select id, code from category order by id
