-- Working calendars, by a key that people, teams and policies refer to. hours: {"monday": ["09:00-12:00", …], …};
-- exceptions: [{"date": "2026-12-24", "hours": ["09:00-12:00"], "name": …}, …]. A region is written with its country: DE-BY.
-- A version is never used twice, not even after a calendar was removed: what was computed from one is kept under it.

create sequence calendar_version;

create table calendar (
    key        text        primary key,
    name       text        not null,
    zone       text        not null,
    hours      jsonb       not null,
    country    text,
    region     text,
    exceptions jsonb       not null,
    version    bigint      not null default nextval('calendar_version'),
    changed_at timestamptz not null,
    check (region is null or country is not null)
);

-- A calendar is part of what decisions know of people.
create trigger directory_version before insert or update or delete on calendar
    for each statement execute function count_directory_version();

-- A calendar that somebody works by cannot be removed.
alter table person add constraint person_calendar foreign key (calendar) references calendar;
alter table team add constraint team_calendar foreign key (calendar) references calendar;
create index person_calendar on person (calendar) where calendar is not null;
create index team_calendar on team (calendar) where calendar is not null;
