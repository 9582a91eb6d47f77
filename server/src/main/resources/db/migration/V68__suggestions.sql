-- What somebody may have meant as their answer when they wrote a mail: it stands in the form until they confirm it there.
create table guest_suggestion (
    person text not null,
    case_id bigint not null,
    step int not null,
    fields text not null,
    at timestamptz not null,
    primary key (person, case_id, step)
);
create index guest_suggestion_at on guest_suggestion (at);
