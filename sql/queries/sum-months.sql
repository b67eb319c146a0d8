-- Incidents of a source by month. $1 source.
select to_char(month, 'YYYY-MM') as month, incidents
from (
  select date_trunc('month', occurred_from) as month, count(*)::int as incidents
  from incident where source_id = $1 group by 1
) as counted
order by month
