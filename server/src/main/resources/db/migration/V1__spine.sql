-- Baton's tables. Three kinds: what is deployed and who is there; the journal, which is the truth; and what follows from
-- the journal and could be rebuilt from it (`./baton verify` does, and compares). Open work stands apart from closed
-- work: a row of task, job, timer, subscription or incident is deleted when it is over.

-- Deployed ------------------------------------------------------------------------------------------------------------

create table process (
    id          int generated always as identity primary key,
    key         text        not null,
    version     int         not null,
    name        text,
    prefix      text        not null,
    digest      bytea       not null,   -- SHA-256 over the file and its resources: the same again is no new version
    bpmn        text        not null,
    deployed_at timestamptz not null,
    deployed_by text        not null,
    unique (key, version)
);

create table resource (
    process_id int  not null references process,
    kind       text not null check (kind in ('form', 'decision')),
    name       text not null,
    body       text not null,
    primary key (process_id, kind, name)
);

-- Start events with a timer of the newest version of each process.
create table start_timer (
    process_id int         not null references process,
    node       text        not null,
    due_at     timestamptz not null,
    repeat     int         not null,
    period     text,
    primary key (process_id, node)
);

-- The truth -----------------------------------------------------------------------------------------------------------

-- One row per accepted command. body holds actor, command and events in the engine's encoding; hash is SHA-256 over the
-- hash before it, the row's place and time, and the body.
create table journal (
    case_id bigint      not null,
    seq     int         not null,
    at      timestamptz not null,
    body    bytea       not null,
    hash    bytea       not null,
    primary key (case_id, seq)
);

-- What follows from it --------------------------------------------------------------------------------------------------

-- The number in a case's key is its id: PAY-1042 is case 1042.
create sequence case_id increment by 50 start with 1000;

-- state is the engine's state of an open case and null after its end; head is the hash of the last journal row.
create table cases (
    id         bigint      not null,
    process_id int         not null,
    status     smallint    not null,    -- 1 open, 2 completed, 3 cancelled
    incidents  smallint    not null,
    entries    int         not null,
    started_at timestamptz not null,
    changed_at timestamptz not null,
    ended_at   timestamptz,
    owner      text        not null,
    title      text,
    due_at     timestamptz,
    paused     boolean     not null,
    head       bytea       not null,
    state      bytea,
    primary key (id)
) with (fillfactor = 75);

-- Leaves the index when the case ends; until then its columns do not change, so that updates stay HOT.
create index cases_open on cases (process_id, id) where ended_at is null;

-- A task's inbox is whom it is offered to (a person, or @ and a team), else its holder, else the queue of its team. blocker
-- can remove the obstacle.
create table task (
    case_id    bigint      not null,
    step       int         not null,
    process_id int         not null,
    node       smallint    not null,
    opened_at  timestamptz not null,
    due_at     timestamptz,
    holder     text,
    team       text,
    offered    text,
    accept_by  timestamptz,
    promised_at timestamptz,
    blocker    text,
    primary key (case_id, step)
) with (fillfactor = 75);
create index task_inbox on task (coalesce(offered, holder, '@' || team, '@'), opened_at, case_id, step);
-- What somebody holds that others have to answer: few rows, so it costs next to nothing.
create index task_waiting on task (holder, opened_at, case_id, step) where offered is not null or blocker is not null;

-- worker and leased_until belong to the work at hand, not to the case: the journal does not know them.
create table job (
    case_id      bigint      not null,
    step         int         not null,
    process_id   int         not null,
    node         smallint    not null,
    opened_at    timestamptz not null,
    type         text        not null,
    retries      int         not null,
    worker       text,
    leased_until timestamptz,
    primary key (case_id, step)
);
create index job_waiting on job (type, case_id, step) where retries > 0;

-- What a timer event waits for; id 0 and below is the clock of the case, or of the step with that number negated.
create table timer (
    case_id bigint      not null,
    id      int         not null,
    due_at  timestamptz not null,
    primary key (case_id, id)
);
-- By slot, of which one node at a time takes one: see FireDueTimers.
create index timer_due on timer ((case_id & 15), due_at);

create table subscription (
    case_id bigint not null,
    id      int    not null,
    name    text   not null,
    key     text   not null,
    primary key (case_id, id)
);
create index subscription_key on subscription (key, name, case_id, id);

create table incident (
    case_id    bigint      not null,
    id         int         not null,
    step       int         not null,
    node       text        not null,
    kind       text        not null,
    message    text        not null,
    raised_at  timestamptz not null,
    holder     text        not null,
    due_at     timestamptz not null,
    primary key (case_id, id)
);
create index incident_holder on incident (holder, due_at, case_id, id);
create index incident_due on incident (due_at, case_id, id);

-- Steps that are over. outcome: 1 completed, 2 terminated. custody: holders[i] had it from since[i] (microseconds since
-- 1970) until the next one, the last until the end. returns: how often the work before was not ready.
create table step (
    case_id    bigint      not null,
    id         int         not null,
    process_id int         not null,
    node       smallint    not null,
    outcome    smallint    not null,
    entered_at timestamptz not null,
    left_at    timestamptz not null,
    holder     text,
    team       text,
    holders    text[]      not null,
    since      bigint[]    not null,
    due_at     timestamptz,
    promised_at timestamptz,
    slips      smallint    not null,
    returns    smallint    not null,
    primary key (case_id, id)
);

-- Steps close in the order of time: a handful of pages says which ones a window leaves out.
create index step_left on step using brin (left_at);

-- What is to be sent to somebody, once: id counts in the case. Rows that were sent are the record of it.
create table delivery (
    case_id    bigint      not null,
    id         int         not null,
    step       int         not null,
    kind       smallint    not null,    -- 1 reminder, 2 escalation
    recipient  text        not null,
    created_at timestamptz not null,
    primary key (case_id, id)
);

-- Around the cases ------------------------------------------------------------------------------------------------------

-- A command given again with the same key is answered as the first time. key and fingerprint are hashes.
create table idempotency (
    key         uuid        primary key,
    fingerprint uuid        not null,
    case_id     bigint      not null,
    seq         int         not null,
    at          timestamptz not null
);
create index idempotency_at on idempotency (at);

-- Messages that nobody waits for yet, until their time is over.
create table message (
    id         uuid        primary key,
    name       text        not null,
    key        text        not null,
    variables  bytea       not null,
    expires_at timestamptz not null
);
create index message_key on message (key, name);
create index message_expires on message (expires_at);

-- People ----------------------------------------------------------------------------------------------------------------

-- The journal names people by id only: p1, p2, … password is a slow hash.
create sequence person_id;

create table person (
    id           text primary key,
    name         text    not null,
    email        text    unique,
    kind         text    not null check (kind in ('member', 'contact')),
    organisation text,
    admin        boolean not null default false,
    password     text
);

create table team (
    key  text primary key,
    name text not null,
    kind text not null check (kind in ('team', 'organisation', 'system'))
);

create table membership (
    person text not null references person on delete cascade,
    team   text not null references team on delete cascade,
    primary key (person, team)
);
create index membership_team on membership (team);

-- Secrets are kept as SHA-256 of 256 random bits: nothing in these rows signs anybody in.
create table session (
    hash       bytea       primary key,
    person     text        not null references person on delete cascade,
    acting_as  text        references person on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_person on session (person);

create table sign_in_link (
    hash       bytea       primary key,
    person     text        not null references person on delete cascade,
    expires_at timestamptz not null
);
create index sign_in_link_person on sign_in_link (person);

create table api_token (
    id         uuid        primary key,
    hash       bytea       not null unique,
    person     text        not null references person on delete cascade,
    name       text        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index api_token_person on api_token (person, created_at);

-- The organisation's name, and whether this is the demo.
create table setting (
    name  text primary key,
    value text not null
);

-- What a batch changes must be what it meant to change: a statement of its own that fails the transaction otherwise.
create function expect_rows(actual bigint, expected int) returns void language plpgsql as $$
begin
    if actual <> expected then
        raise exception 'expected % rows, but % were changed', expected, actual using errcode = 'BT001';
    end if;
end $$;
