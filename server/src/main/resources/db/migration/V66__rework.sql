-- The few steps at which work was sent back: a case that has one was not right the first time.
create index step_returned on step (case_id) where returns > 0;
