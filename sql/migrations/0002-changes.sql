-- What each version of the data changed, so that a running service reads again only what is new to it; and the indexes
-- that importing and reading by day need.

-- First and last day (occurred_from::date) of the incidents that a version added, altered or removed, as they were before
-- it and after it; null without any. `areas`: whether areas, or which held places lie in them, changed. A version without
-- a row here may have changed anything.
create table change (
  version bigint primary key,
  first_day date,
  last_day date,
  areas boolean not null
);

-- Finds the incidents of some days: files come month by month, so that rows of one day lie together. Half a megabyte of
-- rows to a range.
create index incident_occurred on incident using brin (occurred_from) with (pages_per_range = 64);

-- Nothing reads incidents by their import, and places are found by their coordinates, which `unique` has an index on:
-- keeping these two up took a quarter of the time of an import.
drop index incident_import;
drop index place_point;
