-- For the rest of an import: a batch is looked up by index however few rows the tables had when they were last counted,
-- and compiling a statement takes longer than running it on one batch.
select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
