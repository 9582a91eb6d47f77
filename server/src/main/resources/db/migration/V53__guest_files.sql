-- A file that somebody outside has sent for a field of a form, and not yet handed in: looked at and scanned, in no journal,
-- and theirs to take away. state 4: held so; it becomes 3 when its sender confirms the answer, and goes after a day.
alter table file add column field text;
create index file_held on file (case_id, step, person) where state = 4;
