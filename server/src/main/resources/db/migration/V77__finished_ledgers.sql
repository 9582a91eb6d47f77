-- Who answered for the time of each finished case, as its journal has it, so that the ledgers of a period are added up without
-- reading the journals again. A row comes here once, behind the journal, after a case has ended; working time is counted with
-- the calendars of that moment and stays as it was. Times are microseconds; the arrays have a place for each charge, in the
-- order in which they began.
create table finished_ledger (
    case_id         bigint primary key,
    process_id      integer     not null,
    ended_at        timestamptz not null,
    waiting_per_day numeric,
    holders         text[]      not null,
    parties         text[]      not null,
    elapsed         bigint[]    not null,
    working         bigint[]    not null
);

create index finished_ledger_ended on finished_ledger (ended_at);
