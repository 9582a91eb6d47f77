-- Who does not want reminders gathered into one message a day. delivered.outcome 6: not wanted.
create table digest_refusal (
    person text        primary key references person on delete cascade,
    at     timestamptz not null
);

-- By these a digest's recipient says so, or takes it back. The token is in the mail and nowhere here: only its SHA-256.
create table unsubscribe_token (
    hash       bytea       primary key,
    person     text        not null references person on delete cascade,
    created_at timestamptz not null
);
create index unsubscribe_token_person on unsubscribe_token (person, created_at);

-- What is forgotten first.
create index delivered_created_at on delivered (created_at);
