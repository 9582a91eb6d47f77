-- Whom or what an incident is about, where a step may have several of a kind; and the incidents that are over.

alter table incident add column about text;

-- Written once, when the incident closes. holder: who had to deal with it until then; cause: the command that closed it.
create table incident_closed (
    case_id    bigint      not null,
    id         int         not null,
    process_id int         not null,    -- the version that the case ran
    step       int         not null,
    node       text        not null,
    kind       text        not null,
    about      text,
    raised_at  timestamptz not null,
    closed_at  timestamptz not null,
    holder     text        not null,
    cause      text        not null,
    primary key (case_id, id)
);
create index incident_closed_raised on incident_closed (raised_at);
create index incident_closed_at on incident_closed (closed_at);
