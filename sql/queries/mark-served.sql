-- A service has loaded a version. $1: the version.
update data_version set served = $1 where served < $1
