-- Files of a case. Who attached what to whom and when is in the journal, with the digest of the bytes; name and bytes stand
-- here, so that they can be erased. state: 0 being uploaded; 1 in the journal; 2 to be erased; 3 complete, its entry in the
-- journal not seen yet. length is null while it is not known before the last byte.
create table file (
    id         uuid        primary key,
    case_id    bigint      not null,
    step       int         not null,
    person     text        not null,
    name       text        not null,
    length     bigint,
    received   bigint      not null,
    audience   text[]      not null,
    state      smallint    not null,
    changed_at timestamptz not null
);
create index file_case on file (case_id);
-- Uploads under way, and what a crash left half done: few rows.
create index file_unsettled on file (changed_at) where state <> 1;

-- The bytes, in pieces as they came; at is where a piece begins. Not compressed: nearly all files are already.
create table file_part (
    file  uuid   not null references file on delete cascade,
    at    bigint not null,
    bytes bytea  not null,
    primary key (file, at)
);
alter table file_part alter column bytes set storage external;
