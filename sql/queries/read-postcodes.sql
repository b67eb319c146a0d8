-- The postcodes that begin with a letter, packed and in the order of their bytes: seven bytes of text (spaces at the end),
-- longitude, latitude, metres. $1 the letter.
select string_agg(
  convert_to(rpad(postcode, 7), 'UTF8') || float8send(lng) || float8send(lat) || int4send(within_metres), ''::bytea
  order by postcode collate "C") as packed
from postcode where postcode collate "C" >= $1 and postcode collate "C" < chr(ascii($1) + 1)
