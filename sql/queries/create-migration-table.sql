-- The list of migrations done.
create table if not exists migration (name text primary key, done_at timestamptz not null default now())
