-- Which files a browser has been given by a button of the page. It counts, and comes into the journal, only when somebody
-- confirms something with that browser: machines press buttons too.
create table guest_opening (
    link    uuid        not null references guest_link on delete cascade,
    cookie  bytea       not null,
    case_id bigint      not null,
    step    int         not null,
    file    uuid        not null,
    at      timestamptz not null,
    primary key (link, cookie, case_id, step, file)
);
create index guest_opening_at on guest_opening (at);
