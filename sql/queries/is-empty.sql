-- Whether neither incidents nor areas are held.
select not exists (select 1 from incident) and not exists (select 1 from area) as empty
