-- How long steps usually take, by process and node, counted from the steps that are over: times in microseconds.

create table usual_duration (
    process     text        not null,
    node        text        not null,
    n           bigint      not null,
    p50         bigint      not null,
    p85         bigint      not null,
    p95         bigint      not null,
    computed_at timestamptz not null,
    primary key (process, node)
);

-- Cases end roughly in the order in which they began: a handful of pages says which ones a period leaves out.
create index cases_ended on cases using brin (ended_at);

-- A period asks for what closed in it or later, and that is all there is to ask.
drop index incident_closed_raised;
