-- What was decided in finished cases, and by what: the user tasks whose form asks a question, with what the form showed, in the
-- encoding of io.baton.server.insight.PastDecisions. A row comes here once, behind the journal, after a case has ended; it may
-- be empty. Compared in memory; the rows spare a node replaying the cases when it starts.
create table past_decision (
    case_id   bigint primary key,
    decisions bytea  not null
);
