-- Views of the tower that people keep: what it is narrowed to, under a name. One is its owner's, or shared with a team that
-- its owner is in. Whoever may see one may have it sent as a digest.
create table saved_view (
    id         uuid        primary key,
    person     text        not null references person on delete cascade,
    team       text        references team on delete cascade,
    name       text        not null constraint saved_view_name check (length(name) between 1 and 100),
    query      text        not null constraint saved_view_query check (length(query) <= 1000),
    created_at timestamptz not null
);
create index saved_view_person on saved_view (person);
create index saved_view_team on saved_view (team) where team is not null;

create table view_digest (
    view   uuid not null references saved_view on delete cascade,
    person text not null references person on delete cascade,
    every  text not null constraint view_digest_every check (every in ('day', 'week')),
    primary key (view, person)
);
create index view_digest_person on view_digest (person);
