-- Where people are reached by what is not mail: channel is slack, teams or sms, address somebody's id there or a phone number.
-- An address belongs to one person, for what comes from there is done in their name. stopped_at: they said that they want
-- nothing more from us there.
create table person_address (
    person     text        not null references person on delete cascade,
    channel    text        not null,
    address    text        not null,
    stopped_at timestamptz,
    primary key (person, channel),
    constraint person_address_one unique (channel, address)
);

alter table person drop constraint person_channels;
alter table person add constraint person_channels
    check (channels <@ array['mail', 'chat', 'sms', 'web', 'api'] and cardinality(channels) <= 5);

-- When a channel last did what, and what it said.
create index attempt_channel on attempt (channel, outcome, at);

-- What is sent at once has the number 0, and there may be many of it.
alter table outbox drop constraint outbox_delivery;
create unique index outbox_delivery on outbox (case_id, entry, nr) where entry > 0;

-- What is not to lie here longer than that, as a code.
alter table outbox add column forget_at timestamptz;
create index outbox_forget_at on outbox (forget_at) where forget_at is not null;
delete from outbox where entry = 0;

-- What came from a channel and was heard: the same is not heard twice.
create table callback_seen (
    hash bytea       primary key,
    at   timestamptz not null
);
create index callback_seen_at on callback_seen (at);
