-- Brings the indexes of days and of imports up to the rows just written, which they leave to the next vacuum otherwise.
select brin_summarize_new_values('incident_occurred'), brin_summarize_new_values('incident_import')
