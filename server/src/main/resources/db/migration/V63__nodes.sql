-- The nodes that work on this database: each says every few seconds that it is there and how it is. A word, not the truth:
-- the table may be emptied at any time.
create table node (
    id         uuid        primary key,
    name       text        not null,
    version    text        not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    said       jsonb       not null
);
