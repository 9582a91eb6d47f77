-- Mails that came in: one row for each mail and recipient, stored before the mail is acknowledged, gone when it is
-- understood. What cannot be processed stays, with the reason, until an administrator has looked at it.
create table mail_in (
    id          bigint      generated always as identity primary key,
    digest      bytea       not null unique,
    recipient   text        not null,
    received_at timestamptz not null,
    raw         bytea       not null,
    due_at      timestamptz not null,
    attempts    smallint    not null default 0,
    problem     text
);
create index mail_in_due on mail_in (due_at, id) where problem is null;
create index mail_in_kept on mail_in (id) where problem is not null;

-- What became of each, so that none is taken twice, by whatever way and node it comes. digest is of the Message-ID, what
-- the mail says, and the recipient. outcome: 0 not yet, 1 an act, 2 a comment, 3 a case started, 4 automatic, 5 a bounce,
-- 6 not verified, 7 kept as it could not be processed. act names what was done; seq is its place in the journal.
create table mail_seen (
    digest    bytea       primary key,
    at        timestamptz not null,
    outcome   smallint    not null default 0,
    person    text,
    case_id   bigint,
    step      int,
    act       text,
    seq       int
);
create index mail_seen_at on mail_seen (at);
create index mail_seen_person on mail_seen (person, at) where person is not null;
