-- Times that are taken, by quarters of an hour counted from 1970: whoever writes one first has it, whatever node and
-- case they are. Follows from the journal: a row for each quarter of what was booked and not released.
create table booking (
    book text not null,
    seat smallint not null,
    quarter int not null,
    case_id bigint not null,
    step int not null,
    primary key (book, seat, quarter)
);
create index booking_case on booking (case_id, step);
