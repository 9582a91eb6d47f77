-- What a contact has sent and has not confirmed yet: it changes nothing until they do. Found by the SHA-256 of a nonce that
-- stands in the page before them, and only together with the cookie of the browser that sent it. code: the hash of the
-- nonce and a one-time code, which is guessed at most a few times. Gone soon after expires_at.
create table guest_draft (
    hash       bytea       primary key,
    link       uuid        not null references guest_link on delete cascade,
    person     text        not null references person on delete cascade,
    case_id    bigint      not null,
    step       int         not null,
    cookie     bytea       not null,
    act        text        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    code       bytea,
    code_until timestamptz,
    tries      smallint    not null default 0
);
create index guest_draft_person on guest_draft (person, created_at);
create index guest_draft_link on guest_draft (link);
create index guest_draft_expires on guest_draft (expires_at);
