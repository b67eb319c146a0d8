-- Names of the migrations done.
select name from migration
