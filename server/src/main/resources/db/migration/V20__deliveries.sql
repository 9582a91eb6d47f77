-- What is to be told to somebody, as the journal says, and what became of it. What is still to be sent stands apart from
-- what is over; together they follow from the journal. What happened before there was a way to send it is not sent now.
drop table delivery;

-- entry is the entry of the case's journal that led to it; nr counts within it. kind: the place of the reason in the
-- engine's list (Notice.Reason), from 1. recipient is empty where the step itself says to whom a process writes. due_at is
-- when to try next, attempts how often it was tried, digest whether it waits to go with others in one message.
create table delivery (
    case_id    bigint      not null,
    entry      int         not null,
    nr         smallint    not null,
    step       int         not null,
    kind       smallint    not null,
    recipient  text        not null,
    created_at timestamptz not null,
    due_at     timestamptz not null,
    attempts   smallint    not null default 0,
    digest     boolean     not null default false,
    primary key (case_id, entry, nr)
);
create index delivery_due on delivery (due_at);

-- outcome: 1 sent, 2 no longer true when it was its turn, 3 nobody to send it to by any channel, 4 given up, 5 from before
-- this installation sent anything.
create table delivered (
    case_id    bigint      not null,
    entry      int         not null,
    nr         smallint    not null,
    step       int         not null,
    kind       smallint    not null,
    recipient  text        not null,
    created_at timestamptz not null,
    outcome    smallint    not null,
    over_at    timestamptz not null,
    primary key (case_id, entry, nr)
);

-- Every attempt. outcome: 1 accepted by whoever carries it, 2 not now, 3 not at all, 4 it came back. address is where it
-- went, person who was meant; reason is what the other side said.
create table attempt (
    case_id bigint      not null,
    entry   int         not null,
    nr      smallint    not null,
    at      timestamptz not null,
    person  text,
    channel text        not null,
    address text,
    outcome smallint    not null,
    reason  text,
    primary key (case_id, entry, nr, at)
);
create index attempt_at on attempt (at);

-- By these the reply to a mail finds its step. The token is in the mail and nowhere here: only its SHA-256.
create table reply_token (
    hash       bytea       primary key,
    person     text        not null references person on delete cascade,
    case_id    bigint      not null,
    step       int         not null,
    created_at timestamptz not null
);
create index reply_token_scope on reply_token (person, case_id, step, created_at);

insert into setting (name, value)
select 'deliveries-since', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
where exists (select from journal);
