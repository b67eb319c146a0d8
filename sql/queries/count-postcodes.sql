-- How many postcodes are held.
select count(*)::int as count from postcode
