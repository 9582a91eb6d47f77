-- What is said about a case. Who said what to whom and when is in the journal, with the digest of the text; the text stands
-- here, so that it can be erased. state: 0 written, its entry in the journal not seen yet; 1 in the journal; 2 to be erased.
create table comment_text (
    id      uuid        primary key,
    case_id bigint      not null,
    text    text        not null,
    state   smallint    not null,
    at      timestamptz not null
);
create index comment_text_case on comment_text (case_id);
-- What a crash left half done: few rows, most of the time none.
create index comment_text_unsettled on comment_text (at) where state <> 1;
