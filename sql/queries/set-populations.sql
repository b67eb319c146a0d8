-- Residents of the areas of one vintage. $1 layer, $2 valid from or null, $3 codes, $4 residents, in the same order.
update area set population = given.population
from unnest($3::text[], $4::int[]) as given (code, population)
where area.layer = $1 and area.valid_from is not distinct from $2::date and area.code = given.code
