-- How many incidents are held, and the largest id.
select count(*)::int as incidents, coalesce(max(id), 0)::bigint as last from incident
