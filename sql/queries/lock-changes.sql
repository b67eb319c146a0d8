-- One change of the data at a time; reading goes on. Held until the transaction ends.
select version from data_version for update
