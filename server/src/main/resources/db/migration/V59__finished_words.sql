-- The words of finished cases, to search by. Open cases are searched in memory; a row comes here once, behind the journal,
-- after a case has ended. Each lexeme begins with the segment of the case (its number / 16384, in base 36), so that the
-- newest cases can be asked first and a frequent word costs no more than a rare one. Needs no extension.
create table finished_words (
    case_id bigint   primary key,
    words   tsvector not null
);
create index finished_words_word on finished_words using gin (words);

-- One row: up to which snapshot of the database the words are there; until done, the cases up to that number.
create table finished_words_progress (
    only_row boolean primary key default true check (only_row),
    snapshot text,
    filled   bigint  not null default 0,
    done     boolean not null default false
);
insert into finished_words_progress default values;
