-- Which transaction wrote a journal row, so that what was committed since a snapshot can be asked for exactly: such a row
-- has a transaction that the snapshot did not see, whatever its number or its time. Null in rows from before. It is the
-- database's own affair: the journal's hashes do not cover it, and a restored database numbers its transactions anew.
alter table journal add column tx bigint;
alter table journal alter column tx set default txid_current();

-- The journal is only appended to, so that a handful of pages says where the newest rows begin; it costs a row nothing.
create index journal_tx on journal using brin (tx) with (pages_per_range = 64, autosummarize = on);
