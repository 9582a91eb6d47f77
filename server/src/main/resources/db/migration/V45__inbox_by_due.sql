-- An inbox shows first what slips first; what has no date comes last, the oldest cases before the younger.
drop index task_inbox;
create index task_inbox on task (coalesce(offered, holder, '@' || team, '@'),
    coalesce(due_at, timestamptz '9999-12-31 00:00:00+00'), case_id, step);
