-- Who is moving the cases of a version to another one just now: one at a time. Portions say that it goes on; who has not said so
-- for a while has given up. A word among administrators, not the truth: the table may be emptied at any time.
create table migration_under_way (
    process_from int         primary key,
    process_to   int         not null,
    person       text        not null,
    began_at     timestamptz not null,
    seen_at      timestamptz not null
);
