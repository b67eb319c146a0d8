-- A number for a category code that is new here. $1 code.
insert into category (code) values ($1) returning id
