-- Links by which contacts take part without an account. A secret of 256 random bits is in the link and nowhere here: only
-- its SHA-256. case_id 0 is all that the person has to do in any case; step 0 is the whole case. last_used_at is when
-- something was last done by the link: looking leaves no trace.
create table guest_link (
    id           uuid        primary key,
    hash         bytea       not null unique,
    person       text        not null references person on delete cascade,
    case_id      bigint      not null,
    step         int         not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    constraint guest_link_scope check (case_id > 0 or step = 0)
);
create index guest_link_scope on guest_link (person, case_id, step, created_at);
create index guest_link_case on guest_link (case_id) where case_id > 0;
