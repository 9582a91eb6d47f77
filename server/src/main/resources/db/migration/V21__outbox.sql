-- Mails that would have gone, where there is no mail server: without their links, which hold secrets.
create table outbox (
    id        bigint      generated always as identity primary key,
    case_id   bigint      not null,
    entry     int         not null,
    nr        smallint    not null,
    step      int         not null,
    person    text        not null,
    address   text        not null,
    name      text        not null,
    subject   text        not null,
    body_text text        not null,
    body_html text        not null,
    at        timestamptz not null,
    constraint outbox_delivery unique (case_id, entry, nr)
);
create index outbox_person on outbox (person, id);

-- What waits to be sent alone, and what waits to go with others.
drop index delivery_due;
create index delivery_due on delivery (due_at) where not digest;
create index delivery_digest on delivery (recipient, due_at) where digest;
create index delivery_digest_due on delivery (due_at) where digest;
