-- A task that is decided but not done yet: its completion can still be taken back.
alter table task
    add column decided_by   text,
    add column decided_at   timestamptz,
    add column effective_at timestamptz;

-- Whether a promise was kept is told by when it was decided, not by when that took effect; null where it could not be taken back.
alter table step add column decided_at timestamptz;
