-- What importing many incidents spends its time on, measured over half a million of them: the index of identities when it
-- begins with the source, which is the same in every row; two indexes of ranges where one does; and attributes taken apart
-- into `jsonb`, though nothing looks into them.

alter table incident
  drop constraint incident_source_id_identity_key,
  add constraint incident_identity unique (identity, source_id),
  alter column attributes type json using attributes::json;
alter table former_incident alter column attributes type json using attributes::json;

-- Finds the incidents of some days, and those of one import: files come month by month and are written one after another.
drop index incident_occurred;
drop index incident_import;
create index incident_written on incident using brin (occurred_from, import_id) with (pages_per_range = 64);
