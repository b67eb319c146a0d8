-- Numbers of the category codes in use.
select id, code from category
