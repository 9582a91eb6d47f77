-- Cases that went on in another version of their process: it follows from the journal. Entries before seq are written with
-- the words of process_from, those from seq on with the words of the version after it.
create table migration (
    case_id      bigint not null,
    seq          int    not null,
    process_from int    not null,
    process_to   int    not null,
    primary key (case_id, seq)
);
