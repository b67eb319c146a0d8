-- Notes a migration as done. $1: its file name.
insert into migration (name) values ($1)
