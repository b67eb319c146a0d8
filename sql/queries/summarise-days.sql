-- Brings the index of days and imports up to the rows just written, which it leaves to the next vacuum otherwise.
select brin_summarize_new_values('incident_written')
