-- When a view is sent next; null until the loop has looked at it.
alter table view_digest add column next_at timestamptz;
create index view_digest_next on view_digest (next_at);

-- A link to end one view's digest says which, and how often it came, to be taken back. Null: the daily reminders.
alter table unsubscribe_token
    add column view  uuid references saved_view on delete cascade,
    add column every text;
