-- What is held, in numbers.
select (select count(*) from incident)::int as incidents, (select count(*) from import)::int as imports, version from data_version
