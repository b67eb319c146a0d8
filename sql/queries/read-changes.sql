-- What each later version changed: days of incidents, as days since 1970-01-01, and whether areas. $1 the version held.
select version, first_day - date '1970-01-01' as "firstDay", last_day - date '1970-01-01' as "lastDay", areas
from change where version > $1 order by version
