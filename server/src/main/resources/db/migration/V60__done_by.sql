-- What somebody has finished, the newest first.
create index step_done on step (holder, left_at, case_id, id) where outcome = 1 and holder is not null;
-- What others have to do is asked of memory now.
drop index task_waiting;
