-- The planner must know how many rows wait.
analyze staged (identity, lng, lat)
