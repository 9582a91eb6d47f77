-- What an index has beyond these columns only broke ties, and every claim and every finished step wrote it to the WAL: the few
-- rows of one time, or of one case, are sorted when they are asked for.
drop index task_inbox;
create index task_inbox on task (coalesce(offered, holder, '@' || team, '@'),
    coalesce(due_at, timestamptz '9999-12-31 00:00:00+00'), case_id);
drop index step_done;
create index step_done on step (holder, left_at) where outcome = 1 and holder is not null;
