-- The directory in full: how people work and are reached, who is away and who stands in, what teams cost, and policies.
-- Every transaction that changes any of it counts directory_version up, so that a node knows when its picture is old.

-- People ----------------------------------------------------------------------------------------------------------------

-- Time zone and calendar: what a person does not say, the first of their teams that says it does. usual_work is how many
-- tasks somebody has on a usual day. channels are in the order in which somebody likes to be reached. user_name and
-- external_id are an identity provider's names; removed is whether it has deleted the person, who stays here having left.
-- settled is whether all that a leaver had has surely gone on to others.
alter table person
    add column time_zone     text constraint person_time_zone check (length(time_zone) between 1 and 64),
    add column calendar      text,
    add column quiet_from    time,
    add column quiet_until   time,
    add column manager       text constraint person_manager references person on delete set null,
    add column usual_work    int not null default 10 constraint person_usual_work check (usual_work between 1 and 1000),
    add column skills        text[] not null default '{}' constraint person_skills check (cardinality(skills) <= 50),
    add column channels      text[] not null default '{}'
        constraint person_channels check (channels <@ array['mail', 'chat', 'web', 'api'] and cardinality(channels) <= 4),
    add column locale        text constraint person_locale check (length(locale) between 2 and 35),
    add column rate_per_hour numeric(12, 2) constraint person_rate_per_hour check (rate_per_hour >= 0),
    add column left_at       timestamptz,
    add column user_name     text constraint person_user_name unique,
    add column external_id   text,
    add column removed       boolean not null default false,
    add column settled       boolean not null default true,
    add constraint person_quiet check ((quiet_from is null) = (quiet_until is null)),
    add constraint person_own_manager check (manager <> id),
    add constraint person_settled check (left_at is not null or settled),
    add constraint person_removed check (left_at is not null or not removed);
create index person_unsettled on person (left_at) where not settled;
create index person_reports on person (manager) where manager is not null;

-- Teams -----------------------------------------------------------------------------------------------------------------

-- lead is the next rung of an escalation; of a system or an assistant it is the sponsor, who holds its steps.
alter table team
    drop constraint team_kind_check,
    add constraint team_kind check (kind in ('team', 'organisation', 'system', 'assistant')),
    add column lead         text constraint team_lead references person on delete set null,
    add column calendar     text,
    add column time_zone    text constraint team_time_zone check (length(time_zone) between 1 and 64),
    add column cost_per_day numeric(14, 2) constraint team_cost_per_day check (cost_per_day >= 0),
    add column email_domain text constraint team_email_domain check (length(email_domain) between 1 and 253),
    add column external_id  text;
create index team_led on team (lead) where lead is not null;

-- Absences --------------------------------------------------------------------------------------------------------------

-- From the first moment up to and without the last.
create table absence (
    id         bigint      generated always as identity primary key,
    person     text        not null references person on delete cascade,
    from_at    timestamptz not null,
    until_at   timestamptz not null,
    substitute text        references person on delete set null,
    reason     text        constraint absence_reason check (length(reason) <= 200),
    constraint absence_order check (from_at < until_at),
    constraint absence_substitute check (substitute <> person)
);
create index absence_person on absence (person, from_at);
create index absence_until on absence (until_at);
create index absence_stands_in on absence (substitute) where substitute is not null;

-- Policies --------------------------------------------------------------------------------------------------------------

-- A version never changes. The newest is what a step that opens now follows.
create table policy (
    key        text        not null,
    version    int         not null,
    body       jsonb       not null,
    created_at timestamptz not null,
    created_by text        not null,
    primary key (key, version),
    constraint policy_key check (length(key) between 1 and 100),
    constraint policy_version check (version >= 1),
    constraint policy_body check (jsonb_typeof(body) = 'object' and length(body::text) <= 20000)
);

create function policy_never_changes() returns trigger language plpgsql as $$
begin
    raise exception 'a version of a policy never changes';
end $$;
create trigger policy_never_changes before update or delete on policy
    for each statement execute function policy_never_changes();

-- The version -----------------------------------------------------------------------------------------------------------

-- One row. changed_in is the last transaction that counted, so that a transaction counts once, whatever it changes.
create table directory_version (
    only_row   boolean primary key default true check (only_row),
    version    bigint  not null,
    changed_in xid8
);
insert into directory_version (version) values (1);

-- Before the statement: the row's lock puts all changes of the directory in one line, and what a statement then checks
-- stays so until the commit.
create function count_directory_version() returns trigger language plpgsql as $$
begin
    update directory_version set version = version + 1, changed_in = pg_current_xact_id()
    where changed_in is distinct from pg_current_xact_id();
    return null;
end $$;

-- All but the password, which is nobody's business here.
create trigger directory_version before insert or delete or update of
    id, name, email, kind, organisation, admin, time_zone, calendar, quiet_from, quiet_until, manager, usual_work, skills,
    channels, locale, rate_per_hour, left_at, user_name, external_id, removed on person
    for each statement execute function count_directory_version();
create trigger directory_version before insert or update or delete on team
    for each statement execute function count_directory_version();
create trigger directory_version before insert or update or delete on membership
    for each statement execute function count_directory_version();
create trigger directory_version before insert or update or delete on absence
    for each statement execute function count_directory_version();
create trigger directory_version before insert or update or delete on policy
    for each statement execute function count_directory_version();

-- Nobody is away twice at once. A constraint of PostgreSQL's own would need an extension that is not everywhere.
create function absence_apart() returns trigger language plpgsql as $$
begin
    if exists (
        select from absence a
        where a.person = new.person and a.id <> new.id and a.from_at < new.until_at and new.from_at < a.until_at
    ) then
        raise exception 'the person is away at that time already' using errcode = '23P01', constraint = 'absence_apart';
    end if;
    return null;
end $$;
create trigger absence_apart after insert or update on absence
    for each row execute function absence_apart();
