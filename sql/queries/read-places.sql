-- Places, packed: id, longitude, latitude, cell, length of the words in bytes, the words in UTF-8; without a point, the cell
-- is -1. $1 after this id, $2 up to this id.
select string_agg(
  int4send(id) || float8send(coalesce(lng, 0)) || float8send(coalesce(lat, 0)) || int8send(coalesce(cell, -1))
  || int2send(octet_length(convert_to(location, 'UTF8'))::int2) || convert_to(location, 'UTF8'),
  ''::bytea) as packed
from place where id > $1 and id <= $2
